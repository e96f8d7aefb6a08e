"""Sentences of the apps' codes and timeline entries, in Polish and English."""

from __future__ import annotations

from kolektor.api.texts import add_texts
from kolektor.config import texts_catalog, texts_enrollment, texts_firms, texts_network

_ERRORS = {
    "BAD_PHONE": (
        "Ten numer telefonu jest nieprawidłowy. Wpisz na przykład 600 100 200.",
        "That phone number is not valid. Write it like +48 600 100 200.",
    ),
    "NAME_TOO_LONG": ("To za długo: najwyżej {limit} znaków.", "That is too long: {limit} characters at most."),
    "TERMS_NOT_ACCEPTED": (
        "Zanim wydasz punkty, przeczytaj i zaakceptuj regulamin programu.",
        "Before you spend points, read and accept the program's terms.",
    ),
    "TERMS_CHANGED": (
        "Regulamin się zmienił. Odśwież stronę i przeczytaj nowy.",
        "The terms have changed. Reload the page and read the new ones.",
    ),
    "TERMS_SAME": ("Ta treść już obowiązuje.", "This text is in force already."),
    "TEXT_MISSING": ("Wpisz treść.", "Write the text."),
    "ROLE_MISSING": ("Zaznacz przynajmniej jedną rolę.", "Choose at least one role."),
    "ALREADY_STAFF": ("Ta osoba już tu pracuje.", "That person works here already."),
    "OWN_ROLES": (
        "Własnych ról nie można zmienić. Poproś innego administratora.",
        "You cannot change your own roles. Ask another administrator.",
    ),
    "LAST_ADMIN": (
        "To ostatni administrator. Najpierw dodaj innego.",
        "This is the last administrator. Add another one first.",
    ),
    "TOO_MANY_STAFF": ("Najwyżej {limit} osób.", "{limit} people at most."),
    "UNKNOWN_CONSENT": ("Nieznana zgoda: {value}", "Unknown consent: {value}"),
    "CONSENT_TEXT_CHANGED": (
        "Treść tej zgody się zmieniła. Odśwież stronę i przeczytaj ją jeszcze raz.",
        "The text of this consent has changed. Reload the page and read it again.",
    ),
    "CONSENT_NOT_GIVEN": ("Tej zgody nie ma, więc nie można jej wycofać.", "That consent was never given."),
    "UNKNOWN_MESSAGE_KIND": ("Nieznany rodzaj wiadomości: {value}", "Unknown kind of message: {value}"),
    "BAD_MESSAGE": (
        "Wiadomość „{kind}” ma złe parametry: {params}",
        "The message “{kind}” has wrong parameters: {params}",
    ),
    "INSUFFICIENT_POINTS": ("Za mało punktów na to zamówienie.", "You do not have enough points for this order."),
    "AMOUNT_NOT_POSITIVE": ("Liczba musi być większa od zera.", "The amount must be above zero."),
    "HOLD_CLOSED": ("Ta rezerwacja punktów jest już zamknięta.", "That hold of points is already closed."),
    "PROGRAM_NOT_SET_UP": ("Program nie jest jeszcze skonfigurowany.", "The program is not set up yet."),
    "BAD_NIP": ("Nieprawidłowy NIP: {value}", "That NIP is not valid: {value}"),
    "BUYER_UNIDENTIFIED": ("Nabywca nie ma żadnego identyfikatora.", "The buyer has no identifier at all."),
    "BAD_FACE_VALUE": ("Tej nagrody nie ma o takim nominale.", "The reward does not come in that face value."),
    "FACE_VALUE_RANGE": (
        "Podaj kwotę od {minimum} do {maximum}, do dwóch miejsc po przecinku.",
        "Give an amount between {minimum} and {maximum}, with up to two decimals.",
    ),
    "REWARD_GONE": ("Ta nagroda nie jest już dostępna.", "That reward is no longer available."),
    "BAD_KEY": ("Brak klucza zamówienia. Odśwież stronę.", "The order's key is missing. Reload the page."),
    "ORDER_CLOSED": ("To zamówienie jest już zamknięte.", "That order is already closed."),
    "PARTNER_PAUSED": ("Partner {name} jest wstrzymany.", "The partner {name} is paused."),
    "UNKNOWN_ADAPTER": ("Nieznany rodzaj partnera: {value}", "Unknown kind of partner: {value}"),
    "WEBHOOK_REFUSED": ("Odrzucono powiadomienie partnera.", "The partner's message was refused."),
    "UNKNOWN_FORMAT": (
        "Nieznany format pliku: {value}. Obsługiwane są KSeF (XML) i CSV, także .gz, oraz XLSX.",
        "Unknown file format: {value}. KSeF (XML) and CSV are read, also as .gz, and XLSX.",
    ),
    "UNREADABLE": (
        "Nie da się odczytać pliku: jest pusty, uszkodzony, zabezpieczony hasłem albo w innym formacie.",
        "The file cannot be read: it is empty, damaged, protected by a password, or of another format.",
    ),
    "MAPPING_MISSING": ("Wskaż najpierw, co jest w której kolumnie.", "First choose what is in which column."),
    "SOURCE_NAME": ("Nazwa może mieć od 1 do {limit} znaków.", "A name has 1 to {limit} characters."),
    "NOTHING_TO_FIX": ("Najpierw popraw choć jedną wartość.", "First correct at least one value."),
    "TOO_MANY_FIXES": (
        "Naraz można zapisać {limit} poprawek. Sprawdź plik i popraw resztę.",
        "{limit} corrections can be saved at once. Check the file and correct the rest.",
    ),
    "NOT_FIXABLE": (
        "Tego nie da się poprawić tutaj. Popraw plik i wczytaj go jeszcze raz.",
        "This cannot be corrected here. Mend the file and upload it again.",
    ),
    "FIX_TOO_LONG": (
        "Wartość musi zmieścić się w jednym wierszu i mieć najwyżej {limit} znaków.",
        "The value must be on one line and have at most {limit} characters.",
    ),
    "BATCH_IN_USE": (
        "Tego importu nie można wycofać, bo odwołują się do niego późniejsze dokumenty: {numbers}. Wycofaj najpierw ich import.",
        "This import cannot be taken back, because later documents refer to it: {numbers}. Take their import back first.",
    ),
    "BAD_MAPPING": ("Mapowanie kolumn zawiera błędy.", "The column mapping has errors."),
    "UPLOAD_EMPTY": ("Wybierz niepusty plik.", "Choose a file that is not empty."),
    "UPLOAD_TOO_LARGE": ("Plik jest za duży (limit {limit} MB).", "The file is too large (limit {limit} MB)."),
    "IMPORT_NOT_READY": (
        "Ten import nie czeka na decyzję. Odśwież stronę.",
        "This import is not waiting for a decision. Reload the page.",
    ),
    "IMPORT_CLOSED": ("Ten import jest już zakończony.", "This import is already finished."),
    "BAD_RULE": (
        "Reguła jest nieprawidłowa: {field} ({reason}) {value}",
        "The rule is not valid: {field} ({reason}) {value}",
    ),
    "RULE_NOT_READY": (
        "Ta wersja reguły zmieniła się w międzyczasie. Odśwież stronę.",
        "This version of the rule has changed meanwhile. Reload the page.",
    ),
    "OUT_OF_RANGE": ("Podaj liczbę od {minimum} do {maximum}.", "Give a number from {minimum} to {maximum}."),
    "UNKNOWN_ROUNDING": ("Nieznany sposób zaokrąglania: {value}", "Unknown way of rounding: {value}"),
    "BAD_LOGO_TEXT": (
        "Wpisz od jednej do {limit} liter lub cyfr.",
        "Write one to {limit} letters or digits.",
    ),
    "UNKNOWN_SHAPE": ("Nieznany kształt logo: {value}", "Unknown shape of the logo: {value}"),
    "POINT_FORM_MISSING": ("Wpisz tę formę nazwy punktów.", "Write this form of the points' name."),
    "BALANCE_TOO_LOW": (
        "Uczestnik ma tylko {available} pkt: tyle najwyżej można odjąć.",
        "The member has only {available} points: that is the most to take.",
    ),
    "AMOUNT_ZERO": ("Podaj liczbę punktów różną od zera.", "Give a number of points other than zero."),
    "REASON_MISSING": ("Podaj powód zmiany.", "Give a reason for the change."),
    "SKU_MISSING": ("Produkt nie ma indeksu.", "A product has no SKU."),
    "DUPLICATE_SKU": ("Indeks występuje dwa razy: {value}", "The SKU occurs twice: {value}"),
    "BAD_EAN": ("Nieprawidłowy EAN: {value}", "That EAN is not valid: {value}"),
    "TEXT_TOO_LONG": ("Tekst może mieć najwyżej {length} znaków.", "The text may have at most {length} characters."),
    "BRAND_UNKNOWN": (
        "Sieć nie ma marki „{value}”. Marki dodaje centrala.",
        "The network has no brand “{value}”. Headquarters adds brands.",
    ),
    "PRODUCTS_UNREADABLE": (
        "Nie da się odczytać pliku. Wczytaj CSV albo XLSX z nagłówkiem w pierwszym wierszu.",
        "The file cannot be read. Upload CSV or XLSX with a heading in the first row.",
    ),
    "PRODUCT_COLUMNS_MISSING": (
        "W nagłówku brakuje kolumn: {columns}. Wymagane są sku (indeks) i name (nazwa).",
        "The heading lacks the columns: {columns}. Needed are sku and name.",
    ),
    "TOO_MANY_AT_ONCE": ("Naraz można zmienić {limit}.", "{limit} can be changed at once."),
    "LIST_CHANGED": (
        "Lista zmieniła się w międzyczasie: teraz jest na niej {count}. Niczego nie zmieniono, sprawdź i ponów.",
        "The list has changed meanwhile: it now holds {count}. Nothing was changed; look and try again.",
    ),
    "NOTHING_TO_CHANGE": ("Wybierz, co zmienić.", "Choose what to change."),
    "TOO_MANY_PRODUCTS": (
        "Naraz można wczytać {limit} produktów.",
        "{limit} products can be uploaded at once.",
    ),
    "BAD_PRODUCT_ROWS": (
        "Niczego nie wczytano: błędnych wierszy jest {count}.",
        "Nothing was taken: {count} rows have errors.",
    ),
    "TOO_MANY_EXPORTS": (
        "Czeka już {limit} eksportów. Poczekaj, aż będą gotowe.",
        "{limit} exports are waiting already. Wait until they are ready.",
    ),
    "PICTURE_UNREADABLE": (
        "To nie jest obraz PNG, JPEG ani WebP albo plik jest uszkodzony.",
        "That is no PNG, JPEG or WebP picture, or the file is damaged.",
    ),
    "PICTURE_TOO_LARGE": (
        "Obraz może mieć najwyżej {limit} MB i {pixels} mln pikseli.",
        "A picture may have at most {limit} MB and {pixels} million pixels.",
    ),
    "PICTURE_TOO_SMALL": (
        "Obraz musi mieć co najmniej {limit} pikseli szerokości i wysokości.",
        "A picture must be at least {limit} pixels wide and high.",
    ),
    "OUTBOX_OUTSIDE_TRANSACTION": ("Zdarzenie poza transakcją: {event}", "Event outside a transaction: {event}"),
    "DELIVERY_LEFT_OPEN": (
        "Nie dokończono obsługi zdarzenia: {handler}",
        "A handler left its delivery open: {handler}",
    ),
}

# why a rule is refused; the field's path stands beside it
_RULE_REASONS = {
    "list_expected": ("Tu powinna być lista.", "A list belongs here."),
    "duplicate_code": ("Dwie reguły mają ten sam kod: {value}", "Two rules have the same code: {value}"),
    "object_expected": ("Reguła ma zły kształt.", "The rule has the wrong shape."),
    "unknown_key": ("Nieznane pole: {field}", "Unknown field: {field}"),
    "text_expected": ("Podaj kod z liter, cyfr i myślników.", "Give a code of letters, digits and hyphens."),
    "names_expected": ("Podaj nazwę po polsku i po angielsku.", "Give a name in Polish and in English."),
    "date_expected": ("To nie jest data: {value}", "That is not a date: {value}"),
    "before_start": ("Koniec przypada przed początkiem.", "The end lies before the start."),
    "condition_expected": (
        "Warunek jest niepełny lub zbyt głęboko zagnieżdżony.",
        "The condition is incomplete or nested too deeply.",
    ),
    "empty_any": (
        "Wybierz coś z listy: pusty wybór nigdy nie pasuje.",
        "Choose something: an empty choice never fits.",
    ),
    "unknown_field": ("Nieznane pole warunku: {value}", "Unknown field of a condition: {value}"),
    "values_expected": ("Wybierz co najmniej jedną wartość.", "Choose at least one value."),
    "out_of_range": ("Wartość spoza zakresu: {value}", "Value out of range: {value}"),
    "unknown_brand": ("Sieć nie ma marki: {value}", "The network has no brand {value}"),
    "unknown_supplier": ("Sieć nie ma dostawcy: {value}", "The network has no supplier {value}"),
    "unknown_award": ("Wybierz, za co są punkty.", "Choose what the points are for."),
    "unknown_each": ("Wybierz: za pozycję albo za dokument.", "Choose: for each line or for each document."),
    "number_expected": ("Podaj liczbę.", "Give a number."),
    "positive_expected": ("Podaj liczbę większą od zera.", "Give a number above zero."),
    "too_precise": ("Za dużo miejsc po przecinku: {value}", "Too many decimal places: {value}"),
    "too_generous": (
        "To więcej, niż wolno: najwyżej 1 000 pkt za jednostkę waluty i 10 000 pkt za sztukę.",
        "That is more than allowed: at most 1,000 points for one of currency and 10,000 for a unit.",
    ),
    "times_expected": (
        "Mnożnik musi być większy od 1 i najwyżej 10.",
        "The multiplier must be above 1 and at most 10.",
    ),
    "boost_expected": ("Podaj mnożnik i warunek.", "Give a multiplier and a condition."),
    "boosts_not_here": (
        "Mnożniki działają tylko przy punktach za kwotę lub za sztukę.",
        "Boosts go with points per amount or per unit only.",
    ),
    "too_many": ("Za dużo: {value}", "Too many: {value}"),
    "cap_expected": ("Podaj limit punktów, okres i dla kogo.", "Give the cap's points, period and for whom."),
    "unknown_cap": ("Nieznany rodzaj limitu: {value}", "Unknown kind of cap: {value}"),
    "duplicate_cap": ("Dwa limity dotyczą tego samego okresu.", "Two caps are for the same period."),
    "days_expected": ("Podaj liczbę dni od 1 do 365.", "Give a number of days from 1 to 365."),
}

_TIMELINE = {
    "rule.drafted": ("Zapisano szkic wersji {version}", "Draft of version {version} saved"),
    "rule.published": ("Opublikowano wersję {version}", "Version {version} published"),
    "rule.discarded": ("Odrzucono szkic wersji {version}", "Draft of version {version} discarded"),
    "rule.ended": ("Zakończono wersję {version}", "Version {version} ended"),
    "member.points_adjusted": ("Korekta punktów: {points} ({reason})", "Points adjusted: {points} ({reason})"),
    "program.set_up": ("Uruchomiono program", "Program set up"),
    "program.terms_published": ("Opublikowano regulamin, wersja {number}", "Terms published, version {number}"),
    "member.terms_accepted": ("Zaakceptowany regulamin, wersja {version}", "Terms accepted, version {version}"),
    "staff.added": ("{name}: nowa osoba", "{name}: new person"),
    "staff.removed": ("{name}: odebrany dostęp", "{name}: access taken away"),
    "staff.granted_program_admin": ("{name}: nowa rola, administrator", "{name}: new role, administrator"),
    "staff.revoked_program_admin": ("{name}: odebrana rola, administrator", "{name}: role taken away, administrator"),
    "staff.granted_care_agent": ("{name}: nowa rola, opiekun uczestników", "{name}: new role, care agent"),
    "staff.revoked_care_agent": ("{name}: odebrana rola, opiekun uczestników", "{name}: role taken away, care agent"),
    "staff.granted_marketer": ("{name}: nowa rola, marketing", "{name}: new role, marketer"),
    "staff.revoked_marketer": ("{name}: odebrana rola, marketing", "{name}: role taken away, marketer"),
    "staff.granted_auditor": ("{name}: nowa rola, audytor", "{name}: new role, auditor"),
    "staff.revoked_auditor": ("{name}: odebrana rola, audytor", "{name}: role taken away, auditor"),
    "program.client_registered": ("Zarejestrowano sklep lub aplikację: {name}", "Shop or app registered: {name}"),
    "program.client_changed": ("Zmieniono sklep lub aplikację: {name}", "Shop or app changed: {name}"),
    "program.client_secret_renewed": ("Nowy sekret: {name}", "New secret: {name}"),
    "program.client_removed": ("Usunięto sklep lub aplikację: {name}", "Shop or app removed: {name}"),
    "program.settings_changed": ("Zmieniono ustawienia: {changes}", "Settings changed: {changes}"),
    "program.branding_changed": ("Zmieniono wygląd: {changes}", "Look changed: {changes}"),
    "branding.logo_set": ("Wgrano logo", "Logo uploaded"),
    "branding.logo_removed": ("Usunięto logo, wróciło rysowane", "Logo removed, the drawn one is back"),
    "sales.matched_late": (
        "Dopisano wcześniejsze zakupy; punkty: {awarded}",
        "Earlier purchases added; points: {awarded}",
    ),
    "order.placed": ("Zamówienie złożone, punkty zarezerwowane", "Ordered, points set aside"),
    "order.issuing": ("Zamawiamy voucher u partnera", "Asking the partner for the voucher"),
    "order.unknown": (
        "Partner nie odpowiedział jednoznacznie; sprawdzamy, punkty są zarezerwowane",
        "The partner gave no clear answer; we are checking, the points stay set aside",
    ),
    "order.fulfilled": ("Voucher jest w portfelu, punkty rozliczone", "Voucher in the wallet, points settled"),
    "order.failed": ("Partner odmówił, punkty zwrócone", "The partner refused, points given back"),
    "voucher.revealed": ("Kod został wyświetlony", "The code was shown"),
    "reward.picture_set": ("Ustawiono zdjęcie", "Picture set"),
    "reward.picture_removed": ("Usunięto zdjęcie", "Picture removed"),
    "product.added": ("Dodano produkt", "Product added"),
    "product.changed": ("Zmieniono produkt", "Product changed"),
    "product.goods_matched": (
        "Przypisano towary „{name}” (pozycje: {lines})",
        "Goods “{name}” assigned (lines: {lines})",
    ),
    "goods.ignored": ("Uznano, że „{name}” to nie towar", "“{name}” is no goods"),
    "goods.forgotten": ("Cofnięto przypisanie towarów {key}", "Assignment of the goods {key} taken back"),
    "products.upserted": ("Wczytano listę produktów: {count}", "Product list taken: {count}"),
    "products.matched_late": (
        "Dopasowano czekające pozycje: {lines}, przyznano {awarded} pkt",
        "Waiting lines matched: {lines}, {awarded} points given",
    ),
    "buyer.ignored": ("Nabywca „{name}” nie bierze udziału", "The buyer “{name}” takes no part"),
    "buyer.forgotten": ("Cofnięto przypisanie nabywcy {key}", "Assignment of the buyer {key} taken back"),
    "member.buyer_matched": (
        "Przypisano zakupy nabywcy „{name}” (dokumenty: {documents})",
        "Purchases of the buyer “{name}” assigned (documents: {documents})",
    ),
    "member.enrolled_from_sales": ("Zapisano na podstawie zakupów", "Enrolled from purchases"),
    "import.created": ("Plik przyjęty", "File received"),
    "import.checked": ("Sprawdzono na próbę", "Dry run finished"),
    "import.mapped": ("Wskazano kolumny", "Columns chosen"),
    "import.mapped_as": ("Wskazano kolumny: {source}", "Columns chosen: {source}"),
    "import.fixed_row": (
        "Poprawiono w wierszu {row}, {field_pl}: „{old}” → „{new}”",
        "Corrected in row {row}, {field_en}: “{old}” → “{new}”",
    ),
    "import.fixed_document": (
        "Poprawiono na dokumencie {document}, {field_pl}: „{old}” → „{new}”",
        "Corrected on document {document}, {field_en}: “{old}” → “{new}”",
    ),
    "import.fixed_value": (
        "Poprawiono wszędzie, {field_pl}: „{old}” → „{new}”",
        "Corrected everywhere, {field_en}: “{old}” → “{new}”",
    ),
    "import.stop_asked": ("Poproszono o zatrzymanie", "Asked to stop"),
    "import.stopped": ("Zatrzymano: {done} z {total} dokumentów", "Stopped: {done} of {total} documents"),
    "import.retried": ("Wznowiono", "Started again"),
    "import.revert_asked": ("Zlecono wycofanie", "Taking back requested"),
    "import.reverted": (
        "Wycofano {documents} dokumentów: odebrano {taken}, oddano {given} punktów",
        "Took back {documents} documents: {taken} points taken away, {given} given back",
    ),
    "import.revert_refused": ("Nie wycofano: {code}", "Not taken back: {code}"),
    "import_source.saved": ("Zapisano układ kolumn {name}", "Column layout {name} saved"),
    "import_source.changed": ("Zmieniono układ kolumn {name}", "Column layout {name} changed"),
    "import_source.forgotten": ("Usunięto układ kolumn {name}", "Column layout {name} deleted"),
    "import.commit_asked": ("Zlecono zatwierdzenie", "Commit requested"),
    "import.done": (
        "Zatwierdzono: {accepted} przyjętych, {rejected} odrzuconych, {duplicates} powtórzonych",
        "Committed: {accepted} accepted, {rejected} rejected, {duplicates} duplicates",
    ),
    "import.discarded": ("Import porzucony", "Import discarded"),
    "import.failed": ("Import nieudany: {code}", "Import failed: {code}"),
    "member.enrolled": ("Zapisano do programu", "Enrolled"),
    "member.profile_changed": ("Zmieniono dane profilu", "Profile changed"),
    "member.email_consent_given": ("Zgoda na e-maile handlowe", "Consent to commercial e-mail"),
    "member.email_consent_withdrawn": ("Wycofana zgoda na e-maile handlowe", "Consent to commercial e-mail withdrawn"),
    "member.sms_consent_given": ("Zgoda na handlowe SMS-y", "Consent to commercial SMS"),
    "member.sms_consent_withdrawn": ("Wycofana zgoda na handlowe SMS-y", "Consent to commercial SMS withdrawn"),
    "member.push_consent_given": ("Zgoda na powiadomienia handlowe", "Consent to commercial notifications"),
    "member.push_consent_withdrawn": (
        "Wycofana zgoda na powiadomienia handlowe",
        "Consent to commercial notifications withdrawn",
    ),
    "member.profiling_consent_given": ("Zgoda na profilowanie", "Consent to profiling"),
    "member.profiling_consent_withdrawn": ("Wycofana zgoda na profilowanie", "Consent to profiling withdrawn"),
    "template.overridden": ("Własny szablon wiadomości", "Own message template"),
    "template.restored": ("Przywrócono szablon platformy", "The platform's template is back"),
    "sender.changed": ("Nadawca: {name} <{address}>", "Sender: {name} <{address}>"),
    "sender.restored": ("Nadawcą jest znów platforma", "The platform is the sender again"),
}

# what a change of the program names; the old and the new value stand beside it
_PROGRAM_FIELDS = {
    "name": ("nazwa", "name"),
    "nip": ("NIP", "NIP"),
    "support_email": ("e-mail pomocy", "support e-mail"),
    "support_phone": ("telefon pomocy", "support phone"),
    "rounding": ("zaokrąglanie", "rounding"),
    "lot_life_months": ("ważność punktów w miesiącach", "life of points in months"),
    "late_match_days": ("wcześniejsze zakupy w dniach", "earlier purchases in days"),
    "confirm_above": ("potwierdzanie tożsamości powyżej punktów", "confirming identity above points"),
    "primary_color": ("kolor główny", "main color"),
    "accent_color": ("kolor akcentu", "accent color"),
    "surface_color": ("tło ekranu startowego", "start screen background"),
    "logo_text": ("litery logo", "logo letters"),
    "logo_shape": ("kształt logo", "logo shape"),
    "point_forms": ("nazwa punktów", "name of points"),
    "value.rounding.half_even": ("bankowe", "half to even"),
    "value.rounding.half_up": ("w górę od połowy", "half up"),
    "value.lot_life_months.None": ("bezterminowo", "no end"),
    "value.logo_shape.circle": ("koło", "circle"),
    "value.logo_shape.square": ("kwadrat", "square"),
    "value.logo_shape.hexagon": ("sześciokąt", "hexagon"),
}


def register() -> None:
    """Add them all. Called once, when Django starts."""
    add_texts(_ERRORS)
    add_texts({f"BAD_RULE.{reason}": pair for reason, pair in _RULE_REASONS.items()})
    for part in (texts_catalog, texts_enrollment, texts_firms, texts_network):
        add_texts(part.ERRORS)
        add_texts({f"timeline.{code}": pair for code, pair in part.TIMELINE.items()})
    add_texts({f"timeline.{code}": pair for code, pair in _TIMELINE.items()})
    add_texts({f"program.{field}": pair for field, pair in {**_PROGRAM_FIELDS, **texts_enrollment.PROGRAM}.items()})
