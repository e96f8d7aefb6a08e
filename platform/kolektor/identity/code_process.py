"""The code flow of allauth, with our mail. Its parts are those that allauth's headless views are made of."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context, ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kolektor.identity import codes, devices, services
from kolektor.identity.models import Person
from kolektor.kernel.errors import DomainError
from kolektor.kernel.fields import same_address
from kolektor.kernel.language import reader_language
from kolektor.mailing.channels import can_receive_mail

THROTTLED = "too_many_login_attempts"


class CodeForm(RequestLoginCodeForm):
    """As allauth's, but a browser that the person has signed in with before has a count of its own."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not email.isascii():
            raise ValidationError("other letters than an address has", code="invalid")
        person = Person.objects.filter(same_address(email), is_active=True).first()
        counted = f"{email.lower()}:{devices.bucket(context.request, email)}"
        if not ratelimit.consume(context.request, action="request_login_code", key=counted):
            raise get_adapter().validation_error(THROTTLED)
        self._user = person
        return email


class CodeProcess(LoginCodeVerificationProcess):
    """A code that was asked for. Somebody unknown gets one too: it opens an account."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """The same work whether the account exists or not."""
        codes.ask_for_mail(
            person_id=self.user.pk if self.user else None,
            address=email,
            code=self.generate_code(),
            language=reader_language(),
            next_path=str(self.state.get("next", "")),
        )


def begin(request: HttpRequest, *, email: str, next_path: str) -> None:
    """Make a code and let it be mailed. Raises DomainError BAD_EMAIL, TOO_MANY_ATTEMPTS."""
    form = CodeForm({"email": email})
    if not form.is_valid():
        found = {item.code for errors in form.errors.as_data().values() for item in errors}
        raise DomainError("TOO_MANY_ATTEMPTS" if THROTTLED in found else "BAD_EMAIL", field="email")
    person = form._user
    login = Login(user=person, email=form.cleaned_data["email"])
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(CodeProcess.initial_state(user=person, email=form.cleaned_data["email"]))
    stage.state |= {"initiated_by_user": True, "next": next_path}
    process = CodeProcess(stage)
    process.send()
    process.persist()


def confirm(request: HttpRequest, *, code: str) -> None:
    """Sign in with the code, or come to the second factor. The first time, the code opens the account: it proves the address.

    Raises DomainError CODE_REFUSED, whatever is wrong: code, age, account, one try too many.
    """
    stage: Any = get_pending_stage(request)
    process = None
    if stage is not None and stage.key == LoginByCodeStage.key:
        process = CodeProcess(stage).abort_if_invalid()
    if process is None:
        raise DomainError("CODE_REFUSED", field="code")
    form = ConfirmLoginCodeForm({"code": code}, code=process.code)
    if not form.is_valid():
        process.record_invalid_attempt()
        raise DomainError("CODE_REFUSED", field="code")
    if process.user is None:
        process._user = _opened(str(process.state.get("email", "")))
    process.finish(None)


def _opened(email: str) -> Person:
    """A new account; or the one that somebody made at the same time. Raises DomainError CODE_REFUSED where no mail can go."""
    if not can_receive_mail(email):
        raise DomainError("CODE_REFUSED", field="code")
    person = services.ensure_person(email=email)
    if not person.is_active:
        raise DomainError("CODE_REFUSED", field="code")
    if person.last_login is None:
        services.set_language(person_id=person.pk, language=reader_language())
    return person
