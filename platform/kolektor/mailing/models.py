"""What a development machine would have sent. Empty in production: nothing writes here."""

from __future__ import annotations

from django.db import models

from kolektor.kernel.fields import created_stamp


class DevelopmentMessage(models.Model):
    """A mail, SMS or push that was read on this machine and went nowhere."""

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"
        PUSH = "push"

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    sender = models.CharField(max_length=300, blank=True, default="")
    recipient = models.CharField(max_length=300)
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    reference = models.CharField(max_length=300, blank=True, default="")
    created_at = created_stamp()

    def __str__(self) -> str:
        return f"{self.channel} #{self.pk}"
