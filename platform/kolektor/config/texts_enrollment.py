"""Sentences about the ways in: counter, representatives, self-registration, claims, merging; in Polish and English."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "CONTACT_MISSING": ("Podaj e-mail albo telefon.", "Give an e-mail address or a phone number."),
    "ALREADY_MEMBER": ("Ta osoba jest już w programie.", "That person is in the program already."),
    "FIRM_HAS_OWNER": (
        "Ta firma jest już w programie. Jej właściciel może zaprosić kolejne osoby.",
        "This firm is in the program already. Its owner can invite others.",
    ),
    "INVITED_BY_COLLEAGUE": (
        "Ten adres zaprosił już ktoś z Twojego zespołu. Zaproszenie jeszcze czeka.",
        "Somebody of your team has invited this address already. The invitation is still waiting.",
    ),
    "REGISTRATION_CLOSED": (
        "Do tego programu nie można zgłosić się samemu. Napisz do hurtowni.",
        "One cannot apply to this program oneself. Write to the wholesaler.",
    ),
    "ALREADY_APPLIED": (
        "Twoje zgłoszenie już czeka. Damy znać, gdy ktoś je obejrzy.",
        "Your application is waiting already. You will hear once somebody has looked at it.",
    ),
    "TOO_MANY_APPLICATIONS": (
        "To już trzecie zgłoszenie w tym miesiącu. Napisz do hurtowni.",
        "That is the third application this month. Write to the wholesaler.",
    ),
    "CRITERIA_NOT_CONFIRMED": ("Potwierdź, że spełniasz warunki.", "Confirm that you meet the criteria."),
    "APPLICATION_DECIDED": ("O tym zgłoszeniu już zdecydowano.", "That application has been decided already."),
    "MEMBER_OF_ANOTHER_FIRM": (
        "Ta osoba jest już w programie, w innej firmie.",
        "That person is in the program already, in another firm.",
    ),
    "UNKNOWN_REGISTRATION": ("Nieznany sposób zgłaszania się: {value}", "Unknown way to join: {value}"),
    "CRITERIA_IN_ONE_LANGUAGE": (
        "Warunki muszą być w obu językach albo w żadnym.",
        "The criteria must be in both languages or in neither.",
    ),
    "SAME_MEMBER": ("To ten sam uczestnik.", "That is the same member."),
    "MERGE_OPEN_ORDERS": (
        "Ten uczestnik ma zamówienie w toku. Połącz konta, gdy się zakończy.",
        "That member has an open order. Merge the accounts when it is closed.",
    ),
    "MERGE_TWO_FIRMS": (
        "Te konta należą do dwóch różnych firm. Najpierw usuń jedno z nich z firmy.",
        "These accounts belong to two different firms. Remove one of them from its firm first.",
    ),
}

TIMELINE: Final = {
    "member.claimed": ("Konto przejęte po podaniu kodu", "Account claimed with a code"),
    "member.merged": (
        "Połączone z kontem {name} ({reason})",
        "The account of {name} became part of this one ({reason})",
    ),
    "member.merged.claimed": (
        "Połączone z kontem {name} po podaniu kodu",
        "The account of {name} was claimed with a code",
    ),
    "member.merged_away.claimed": ("Połączone w konto {name} po podaniu kodu", "Claimed by {name} with a code"),
    "member.merged_away": ("Połączone w konto {name} ({reason})", "Became part of the account of {name} ({reason})"),
    "recruiting.invited": ("Zaproszono {email}, {firm}", "{email} of {firm} invited"),
    "recruiting.accepted": ("{email}, {firm}: w programie", "{email} of {firm} joined"),
    "recruiting.declined": ("{email}, {firm}: zaproszenie odrzucone", "{email} of {firm} declined"),
    "recruiting.canceled": ("Cofnięto zaproszenie {email}, {firm}", "Invitation of {email}, {firm}, taken back"),
    "application.sent": ("Zgłoszenie wysłane", "Application sent"),
    "application.withdrawn": ("Zgłoszenie wycofane", "Application taken back"),
    "application.accepted": ("Zgłoszenie przyjęte", "Application accepted"),
    "application.declined": ("Zgłoszenie odrzucone: {reason}", "Application declined: {reason}"),
    "staff.granted_clerk": ("{name}: nowa rola, kasjer", "{name}: new role, clerk"),
    "staff.revoked_clerk": ("{name}: odebrana rola, kasjer", "{name}: role taken away, clerk"),
    "staff.granted_sales_rep": ("{name}: nowa rola, przedstawiciel handlowy", "{name}: new role, sales representative"),
    "staff.revoked_sales_rep": (
        "{name}: odebrana rola, przedstawiciel handlowy",
        "{name}: role taken away, sales representative",
    ),
}

# fields of the program's settings and their values, in its timeline
PROGRAM: Final = {
    "registration": ("zgłaszanie się", "self-registration"),
    "criteria_pl": ("warunki po polsku", "criteria in Polish"),
    "criteria_en": ("warunki po angielsku", "criteria in English"),
    "value.registration.closed": ("zamknięte", "closed"),
    "value.registration.reviewed": ("po sprawdzeniu", "after review"),
    "value.registration.open": ("od razu z numerem faktury", "at once with an invoice's number"),
}
