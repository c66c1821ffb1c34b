"""Reading lists of people: CSV in the shapes that people have it in, before anything is written.

Only columns that are known and wanted are looked at: what else a file holds, passwords above all,
goes no further than the memory of the request that brought it.
"""

from app.blueprints.interchange.roster.file import MOST_BYTES as MOST_BYTES
from app.blueprints.interchange.roster.file import MOST_ROWS as MOST_ROWS
from app.blueprints.interchange.roster.file import read_people as read_people
from app.blueprints.interchange.roster.people import ReadPerson as ReadPerson
