"""What hangs at the gate and what guardians sign: notices, filled in from the settings.

The sentences follow the Personal Information Protection Law (articles 13, 17, 28 to 31, 55, 56); a
site whose office words them otherwise sets purpose and basis itself.
"""

from __future__ import annotations

from datetime import datetime

from checkpoint_app.desk.rights.erasing import terms_of
from checkpoint_app.domain.document import (
    Block,
    Document,
    Fact,
    Facts,
    Gap,
    Heading,
    Lines,
    Mark,
    Paragraph,
    Seal,
    Signatures,
    Tick,
    Ticks,
)
from checkpoint_app.i18n import Translate
from checkpoint_app.settings import Settings

PURPOSE = (
    "Only to prevent and control the epidemic: to tell who may pass, to find those at risk early "
    "and to warn whoever was near a case. For nothing else."
)
BASIS = (
    "Personal Information Protection Law, article 13 (1) items 3 and 4; Law on the Prevention and "
    "Treatment of Infectious Diseases; Regulation on Responses to Public Health Emergencies."
)
WHAT = (
    "Name, document number, phone, residence, plate, where you come from and go to, places of the "
    "last 14 days, state of the health code, temperature, mask, test and vaccination. Health and "
    "movement are sensitive data: we ask for no more than the check needs. The text of your code "
    "and pictures of your phone are not kept."
)
KEPT = (
    "Contact and itinerary of a normal passage: {passages} days, then only counts that name "
    "nobody. Whoever was stopped or handed over: until {cases} days after the case is closed. "
    "Then it is erased for good, from copies too."
)
GIVEN = (
    "To the county's epidemic control office, the disease control centre and the township that you "
    "go to, as far as the rules ask for it. To nobody else, and never published."
)
WITHOUT = (
    "Without it you cannot be checked and may not be let through; a traveller without a phone is "
    "checked by document and declaration."
)
RIGHTS = (
    "You may ask to see your own records, on paper, against your identity document; to have what "
    "is wrong put right; and to complain to the contact named here."
)


def handler_of(settings: Settings) -> str:
    """Who answers for the data."""
    return settings.privacy_handler or settings.site_name


def contact_of(settings: Settings) -> str:
    """Whom to turn to."""
    receiver = f"{settings.receiver_name} {settings.receiver_phone}".strip()
    return settings.privacy_contact or receiver


def notice(settings: Settings, translate: Translate, now: datetime) -> Document:
    """告知书: hangs at the gate."""
    blocks: list[Block] = [_who(settings, translate)]
    for heading, sentence in _sentences(settings, translate):
        blocks += [Heading(heading), Paragraph(sentence, size=12)]
    return Document(
        title=translate("Notice on personal data"),
        subtitle=settings.site_name,
        blocks=(*blocks, Gap(6), Seal(handler_of(settings))),
        one_page=True,
        mark=Mark(printed_at=now),
    )


def guardians_notice(settings: Settings, translate: Translate, now: datetime) -> Document:
    """For children under 14: the guardian is told, and signs."""
    say = translate
    told = say(
        "A child under 14 is checked with its guardian. Before we take down the child's data, we "
        "tell you what for, and ask you to agree."
    )
    child = ("Child's name", "Born on", "Guardian's name", "Relation to the child")
    numbers = ("Guardian's document number", "Guardian's phone")
    blocks: list[Block] = [
        _who(settings, say),
        Paragraph(told, size=11.5),
        *(
            part
            for heading, sentence in _sentences(settings, say)
            for part in (Heading(heading), Paragraph(sentence))
        ),
        Facts(tuple(Fact(say(each)) for each in (*child, *numbers))),
        Ticks(
            (
                Tick(say("I have read this notice, or had it read to me")),
                Tick(say("I agree that the child's data are taken down for this purpose")),
            )
        ),
        Signatures((say("Guardian (signature)"), say("Registrar (signature):")), dated=True),
    ]
    return Document(
        title=say("Notice to guardians of children under 14"),
        subtitle=settings.site_name,
        blocks=tuple(blocks),
        one_page=True,
        mark=Mark(printed_at=now),
    )


def assessment(settings: Settings, translate: Translate, now: datetime) -> Document:
    """The impact assessment of articles 55 and 56: what the program does stands there already."""
    say, terms = translate, terms_of(settings)
    kept = say(KEPT, passages=terms.passages.days, cases=terms.cases.days)
    blocks: list[Block] = [
        _who(settings, say),
        Heading(say("1. Purpose and manner: lawful, justified, necessary?")),
        Facts(
            (
                Fact(say("What for"), settings.privacy_purpose or say(PURPOSE), wide=True),
                Fact(say("Legal basis"), settings.privacy_basis or say(BASIS), wide=True),
                Fact(say("Which data"), say(WHAT), wide=True),
                Fact(say("How long"), kept, wide=True),
                Fact(say("Given to"), say(GIVEN), wide=True),
            )
        ),
        Paragraph(say("Found (lawful, justified, necessary; what could be left out):")),
        Lines(2),
        Heading(say("2. Effect on people's rights, and the risks")),
        Ticks(tuple(Tick(say(each)) for each in _RISKS)),
        Paragraph(say("How likely, how grave, for whom:")),
        Lines(2),
        Heading(say("3. Measures, in proportion to the risk")),
        Ticks(tuple(Tick(say(each), ticked=True) for each in _MEASURES)),
        Ticks(tuple(Tick(say(each)) for each in _ON_SITE)),
        Paragraph(say("What else is to be done, by whom, until when:")),
        Lines(2),
        Heading(say("4. Conclusion")),
        Ticks((Tick(say("The risk is acceptable")), Tick(say("Only after the measures above")))),
        Signatures((say("Assessed by"), say("Responsible for data protection")), dated=True),
    ]
    return Document(
        title=say("Impact assessment on personal data"),
        subtitle=settings.site_name,
        blocks=tuple(blocks),
        mark=Mark(printed_at=now),
        small_print=say("Keep this report for at least three years."),
    )


_RISKS = (
    "Somebody who was stopped becomes known as ill or suspect in the village or school",
    "A list or a printed sheet is photographed, lost or passed on",
    "Somebody of the staff looks up a person out of curiosity",
    "The computer or a backup is stolen",
    "A wrong entry keeps somebody from passing, or sends them into observation",
    "Data stay longer than they are needed",
)
_MEASURES = (
    "The data are encrypted on this computer and in every backup",
    "Names and numbers are masked on screen and paper; each look at them whole is on record",
    "Each of the staff signs in with their own PIN; the desk locks itself",
    "Every sheet carries recipient, operator and time as a watermark",
    "Data are erased on schedule for good, with a printed record",
    "No record can be changed or taken out unseen; a wrong one is corrected beside the old",
)
_ON_SITE = (
    "A passphrase has been set, and the recovery key is locked away",
    "The notice hangs where everybody can read it before the check",
    "Printed sheets are locked away, and destroyed when their time is over",
    "The staff have been told what may and may not be passed on",
)


def _who(settings: Settings, translate: Translate) -> Facts:
    return Facts(
        (
            Fact(translate("Who handles your data"), handler_of(settings), wide=True),
            Fact(translate("Contact for questions"), contact_of(settings), wide=True),
        )
    )


def _sentences(settings: Settings, translate: Translate) -> tuple[tuple[str, str], ...]:
    terms, say = terms_of(settings), translate
    kept = say(KEPT, passages=terms.passages.days, cases=terms.cases.days)
    return (
        (say("What for"), settings.privacy_purpose or say(PURPOSE)),
        (say("Legal basis"), settings.privacy_basis or say(BASIS)),
        (say("Which data"), say(WHAT)),
        (say("How long"), kept),
        (say("Given to"), say(GIVEN)),
        (say("If you would rather not"), say(WITHOUT)),
        (say("Your rights"), say(RIGHTS)),
    )
