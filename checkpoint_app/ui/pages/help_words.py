"""The keys and the signs, in one place: what the help page shows and the manual tells.

Every key that the window knows (`window.KEYS`) stands here; a test sees to it.
"""

from __future__ import annotations

from checkpoint_app.desk import Tone

ANYWHERE: tuple[tuple[str, str], ...] = (
    ("F1", "This help"),
    ("F2", "Find an earlier inspection"),
    ("F3", "Type name and number by hand"),
    ("F9", "Look at the day's sheets and print them"),
    ("F10", "Close the day: the same page"),
    ("F11", "Shift; once more: another person signs in"),
    ("F12", "Lock"),
    ("Ctrl+1…8", "The pages, from above"),
    ("Esc", "Back to the desk"),
)
ON_THE_DESK: tuple[tuple[str, str], ...] = (
    ("Enter", "Confirm; the mask is worn"),
    ("M", "No mask; again: worn"),
    ("0…9", "Temperature; three digits are a reading"),
    ("Esc", "Clear what is open, then the person"),
    ("F4", "A vehicle: its plate; again: it is done, the next one"),
    ("Shift+F6", "Turn the whole vehicle back"),
    ("I", "Itinerary seen, nothing special"),
    ("E", "Emergency: through at once, completed later"),
    ("R", "Somebody ran the gate, or will not be checked"),
    ("G", "Gate mode on or off"),
    ("C", "Count one person, the way the desk is set"),
    ("F5", "Measure again: to the tray until it is due"),
    ("F6", "Turn back"),
    ("F7", "Hand over"),
    ("F8", "Change the outcome, with a reason"),
    ("Ctrl+Z", "Take back, for ten seconds"),
    ("Alt+1…9", "Fetch someone back from the tray"),
)
NUMBER_PAD: tuple[tuple[str, str], ...] = (
    ("−", "Park"),
    ("*", "Hold"),
    ("/", "Turn back"),
    ("+", "Measure again"),
    ("Enter", "Confirm"),
)
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Everywhere", ANYWHERE),
    ("On the desk", ON_THE_DESK),
    ("On the number pad alone", NUMBER_PAD),
)
SIGNS: tuple[tuple[Tone, str, str], ...] = (
    (Tone.PASS, "Pass", "Circle with a tick, green; one short high sound"),
    (Tone.ATTENTION, "Register, or measure again", "Triangle, amber; two sounds"),
    (Tone.STOP, "Hold, hand over, turn back", "Octagon, red; three low sounds until Enter"),
    (Tone.ASK, "Something is still missing", "Diamond, violet"),
)
