"""A voucher is there: the member is told, with a link and never with the code."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.mail import EmailMultiAlternatives

from kolektor.kernel import vault
from kolektor.kernel.tenant import tenant_context
from tenants.insight import order_notices
from tenants.messaging.models import Message
from tests.support_data import build


def test_a_fulfilled_order_is_told_once_without_its_code(alfa: Any, mails: list[EmailMultiAlternatives]) -> None:
    world = build(alfa, "a")
    told = [mail for mail in mails if mail.subject == "Voucher Karta jest w portfelu"]
    (mail,) = told
    html = str(mail.alternatives[0][0])
    with tenant_context(alfa):
        code = vault.decrypt(world.voucher.code_encrypted)
        assert code.startswith("CODE-")
        path = f"/wallet?voucher={world.voucher.pk}"
        for text in (mail.body, html):
            assert code not in text and "1234" not in text.replace(str(world.voucher.pk), "")
            assert f"/auth/login?next={quote(path, safe='/')}" in text
            assert "50,00 zł" in text.replace("\u00a0", " ") and world.order.number in text
        row = Message.objects.get(kind="order_fulfilled", channel="inbox")
        assert (row.path, row.state, row.read_at) == (path, "sent", None)
        order_notices.on_order_closed({"order": str(world.order.pk), "day": "2026-03-02"})
        assert Message.objects.filter(kind="order_fulfilled").count() == 2


def test_a_refused_order_says_nothing(alfa: Any, mails: list[EmailMultiAlternatives]) -> None:
    world = build(alfa, "a")
    with tenant_context(alfa):
        Message.objects.filter(kind="order_fulfilled").delete()
        type(world.order).objects.filter(pk=world.order.pk).update(state="FAILED")
        order_notices.on_order_closed({"order": str(world.order.pk), "day": "2026-03-02"})
        assert not Message.objects.filter(kind="order_fulfilled").exists()
