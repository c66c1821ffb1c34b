"""Made-up courses and people that the style guide shows."""

from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email

from app.core.forms import options

COURSES: list[dict[str, Any]] = [
    {
        "slug": slug,
        "title": title,
        "summary": summary,
        "subject_name": subject,
        "difficulty": level,
        "minutes": minutes,
        "lesson_count": lessons,
        "status_label": label,
        "status_kind": kind,
        "progress": progress,
        "cover": "",
    }
    for slug, title, summary, subject, level, minutes, lessons, label, kind, progress in (
        ("programming-with-python", "Programming with Python",
         "Read, clean and plot real data with a few lines of code.",
         "Computing", "Beginner", 270, 12, "Open", "ok", 58),
        ("harmony-for-songwriters", "Harmony for songwriters",
         "Chords that move: hear why a progression works, then write your own.",
         "Music", "Intermediate", 360, 18, "3 seats left", "warn", None),
        ("first-aid", "First aid at work",
         "What to do in the first ten minutes, practised until it is habit.",
         "Health", "Beginner", 180, 9, "Full · waitlist", "bad", None),
        ("statistics-without-fear", "Statistics without fear",
         "Uncertainty, samples and honest charts, from dice to A/B tests.",
         "Mathematics", "Beginner", 480, 24, "By approval", "", 40),
        ("teaching-with-lectern", "Teaching with Lectern",
         "Plan, build and run a course that people finish.",
         "Teaching", "Beginner", 95, 7, "Open", "ok", None),
        ("soil-and-water", "Soil and water",
         "Read a landscape, dig a hole, and know what it tells you.",
         "Environment", "Intermediate", 300, 14, "Open", "ok", None),
        ("spanish-for-nurses", "Spanish for nurses",
         "The three hundred sentences that a ward needs.",
         "Languages", "Beginner", 720, 36, "Opens 12 Jan", "warn", None),
        ("git-in-a-team", "Git in a team",
         "Branches, reviews and calm recoveries.",
         "Computing", "Advanced", 150, 8, "Open", "ok", 100),
    )
]  # fmt: skip

# (title, lessons of (title, icon, minutes, state, mark))
MODULES: list[tuple[str, list[tuple[str, str, int, str, str]]]] = [
    ("Getting data in", [
        ("Why program at all?", "text", 10, "done", ""),
        ("Python fundamentals", "code", 25, "done", "changed"),
        ("Your first data set", "file", 40, "done", "No alt text"),
    ]),
    ("Seeing patterns", [
        ("Arrays, slices and means", "code", 35, "done", ""),
        ("Plotting what you found", "video", 20, "done", ""),
        ("Check yourself: arrays", "quiz", 10, "done", ""),
    ]),
    ("Repeating and choosing", [
        ("Loops", "code", 30, "half", "changed"),
        ("Lists", "text", 15, "todo", ""),
        ("Many files at once", "code", 20, "todo", "New"),
        ("Making choices", "quiz", 15, "locked", "optional"),
    ]),
    ("Code that lasts", [
        ("Functions", "code", 30, "locked", ""),
        ("Project: inflammation report", "assignment", 25, "locked", "No rubric"),
    ]),
]  # fmt: skip

# (name, e-mail, role, courses, last seen, badge, kind of badge)
PEOPLE: list[tuple[str, str, str, int, str, str, str]] = [
    ("Amara Okafor", "amara@example.org", "Learner", 5, "2 min ago", "", ""),
    ("Miriam Rao", "miriam@example.org", "Instructor · Gold", 12, "1 h ago", "", ""),
    ("Tomas Lind", "tomas@example.org", "Instructor", 3, "yesterday", "No second factor", "warn"),
    ("Jun Sato", "jun@example.org", "Approver", 1, "3 days ago", "", ""),
    ("Fatima Benali", "fatima@example.org", "Learner", 2, "today", "Locked 8 min", "bad"),
    ("Petr Kral", "petr@example.org", "Learner", 9, "a week ago", "", ""),
]


def _choices(*words: str) -> list[Any]:
    return options((word, word) for word in words)


class SpecimenForm(Form):
    """One field of each kind."""

    title = StringField("Title", [DataRequired("Give the course a title.")])
    email = EmailField("E-mail", [DataRequired(), Email("This does not look like an address.")])
    level = SelectField("Level", choices=_choices("Beginner", "Intermediate", "Advanced"))
    summary = TextAreaField("Summary", description="Two sentences at most.")
    audience = RadioField(
        "Who gets the new version?", choices=_choices("Everyone", "Only new learners")
    )
    certificate = BooleanField("Give a certificate on completion")


def filled_form(prefix: str) -> SpecimenForm:
    """Return a form that was sent with mistakes in it."""
    form = SpecimenForm(
        prefix=prefix, data={"email": "miriam@", "level": "Beginner", "audience": "Everyone"}
    )
    form.validate()
    return form
