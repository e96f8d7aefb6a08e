"""Sentences about firms, invitations and approvals, in Polish and English."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "NOT_IN_A_FIRM": ("Nie należysz do żadnej firmy.", "You do not belong to a firm."),
    "FIRM_NEEDS_OWNER": (
        "Firma musi mieć właściciela. Najpierw przekaż ją komuś innemu.",
        "A firm needs an owner. Hand it over to somebody else first.",
    ),
    "ALREADY_OWNER": ("Ta osoba już jest właścicielem.", "That person is the owner already."),
    "UNKNOWN_SPENDING": ("Nieznane prawo do wydawania: {value}", "Unknown right to spend: {value}"),
    "OWNER_ALWAYS_SPENDS": ("Właściciel zawsze może wydawać punkty.", "An owner may always spend points."),
    "BAD_SHARE": (
        "Udział to liczba od 0 do 100, do dwóch miejsc po przecinku.",
        "A share is a number from 0 to 100, with up to two decimals.",
    ),
    "SHARES_BEYOND_WHOLE": ("Udziały razem przekraczają 100%.", "The shares exceed 100% together."),
    "TOO_MANY_SHARES": ("Udział może mieć najwyżej {limit} osób.", "At most {limit} people can have a share."),
    "SPLIT_IN_THE_PAST": ("Podział nie może zaczynać się w przeszłości.", "A split cannot begin in the past."),
    "ALREADY_IN_FIRM": ("Ta osoba już należy do firmy.", "That person belongs to the firm already."),
    "TOO_MANY_INVITATIONS": (
        "Czeka już {limit} zaproszeń. Cofnij któreś albo poczekaj na odpowiedź.",
        "{limit} invitations are waiting already. Take one back or wait for an answer.",
    ),
    "TOO_MANY_A_DAY": (
        "Dziś wysłano już za dużo zaproszeń. Spróbuj jutro.",
        "Too many invitations were sent today. Try again tomorrow.",
    ),
    "FIRM_OWNER_CANNOT_JOIN": (
        "Masz tu własną firmę. Żeby dołączyć do innej, przekaż najpierw swoją albo poproś hurtownię o pomoc.",
        "You have a firm of your own here. To join another, hand yours over first, or ask the wholesaler for help.",
    ),
    "SPENDING_NOT_ALLOWED": (
        "Właściciel firmy nie pozwala teraz wydawać punktów. Porozmawiaj z nim.",
        "The owner of the firm does not let you spend points now. Talk to them.",
    ),
    "ORDER_DECIDED": ("O tym zamówieniu już zdecydowano.", "That order has been decided already."),
}

TIMELINE: Final = {
    "firm.created": ("Dodano firmę", "Firm added"),
    "firm.joined": ("{name}: w firmie", "{name} joined the firm"),
    "firm.left": ("{name}: poza firmą", "{name} left the firm"),
    "firm.handed_over": ("Nowy właściciel: {after} (przedtem {before})", "New owner: {after} (before: {before})"),
    "firm.split_set": (
        "Podział punktów od {since}; osób z udziałem: {count}",
        "Points split from {since}; people with a share: {count}",
    ),
    "firm.spending_free": ("{name}: wydaje punkty bez pytania", "{name} may spend points"),
    "firm.spending_approval": (
        "{name}: wydaje punkty za zgodą właściciela",
        "{name} spends points with the owner's approval",
    ),
    "firm.spending_none": ("{name}: nie wydaje punktów", "{name} may not spend points"),
    "firm.invited": ("Zaproszono {email}", "{email} invited"),
    "firm.invitation_declined": ("{email}: zaproszenie odrzucone", "{email} declined the invitation"),
    "firm.invitation_canceled": ("Cofnięto zaproszenie {email}", "Invitation of {email} taken back"),
    "member.points_given": ("Przekazano {points} pkt: {name}", "{points} points given to {name}"),
    "member.points_received": ("Otrzymano {points} pkt od: {name}", "{points} points received from {name}"),
    "member.joined": ("Należy do firmy {firm}", "Belongs to the firm {firm}"),
    "member.left": ("Poza firmą {firm}", "Left the firm {firm}"),
    "member.firm_taken_over": ("Właściciel firmy {firm}", "Owner of the firm {firm}"),
    "member.firm_handed_over": ("Firma {firm} przekazana innemu właścicielowi", "The firm {firm} was handed over"),
    "member.spending_free": ("Wydaje punkty bez pytania", "May spend points"),
    "member.spending_approval": ("Wydaje punkty za zgodą właściciela firmy", "Spends points with the firm's approval"),
    "member.spending_none": ("Nie wydaje punktów, tak zdecydowała firma", "May not spend points, the firm decided"),
    "order.approval_asked": (
        "Zamówienie czeka na zgodę firmy, punkty zarezerwowane",
        "The order waits for the firm's approval, points set aside",
    ),
    "order.approved": ("Firma się zgodziła", "The firm approved"),
    "order.declined_owner": ("Firma nie zgodziła się, punkty zwrócone", "The firm did not approve, points given back"),
    "order.declined_withdrawn": ("Zamówienie wycofane, punkty zwrócone", "Order taken back, points given back"),
    "order.declined_left_firm": (
        "Zmiana firmy zamknęła zamówienie, punkty zwrócone",
        "Leaving the firm closed the order, points given back",
    ),
    "order.declined_undecided": (
        "Nikt nie zdecydował przez 14 dni, punkty zwrócone",
        "Nobody decided within 14 days, points given back",
    ),
}
