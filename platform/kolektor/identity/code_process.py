"""The code flow of allauth, with our mail. Its parts are those that allauth's headless views are made of."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.http import HttpRequest
from django.utils.translation import get_language

from kolektor.identity import codes
from kolektor.kernel.errors import DomainError

THROTTLED = "too_many_login_attempts"


class CodeProcess(LoginCodeVerificationProcess):
    """A code that was asked for. Somebody unknown gets a process too, with no code that could be right."""

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """The same work whether the account exists or not."""
        if self.user:
            code = self.generate_code()
        else:
            code = get_adapter().generate_login_code()
        codes.ask_for_mail(
            person_id=self.user.pk if self.user else None,
            code=code,
            language="en" if (get_language() or "pl").startswith("en") else "pl",
            next_path=str(self.state.get("next", "")),
        )


def begin(request: HttpRequest, *, email: str, next_path: str) -> None:
    """Make a code and let it be mailed. Raises DomainError BAD_EMAIL, TOO_MANY_ATTEMPTS."""
    form = RequestLoginCodeForm({"email": email})
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
    """Sign in with the code. Raises DomainError CODE_REFUSED, whatever is wrong: code, age, account, one try too many."""
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
    answer = process.finish(None)
    if getattr(answer, "status_code", 500) >= 400 or not request.user.is_authenticated:
        raise DomainError("CODE_REFUSED", field="code")
