"""Lists of people for tests, in the shapes that they come in."""

from tests.interchange.archives import zipped

SECRET = "Plain-Secret-1"
USERS = f"""\
"sourcedId","status","enabledUser","username","givenName","familyName","email","password"
"u1","active","TRUE","ada","Ada","Okafor","ada@example.org","{SECRET}"
"u2","tobedeleted","TRUE","ben","Ben","Idris","ben@example.org","{SECRET}"
"u3","active","FALSE","chi","Chi","Lam","chi@example.org","{SECRET}"
"u4","active","TRUE","dov","Dov","Katz","{SECRET}",""
"u5","active","TRUE","eva","Eva","Roth","eva@example.org","{SECRET}"
"u6","active","TRUE","fay","Fay","Tan","fay@example.org","{SECRET}"
"""
ROLES = """\
sourcedId,status,userSourcedId,roleType,role
r1,active,u1,primary,student
r5,active,u5,primary,teacher
r6,active,u6,primary,student
"""
CLASSES = "sourcedId,status,title\nc1,active,Physics\nc2,tobedeleted,History\n"
ENROLLMENTS = """\
sourcedId,status,classSourcedId,userSourcedId,role
e1,active,c1,u1,student
e5,active,c1,u5,teacher
e6,active,c2,u6,student
"""


def bundle() -> bytes:
    """A zip as OneRoster has it, with a column of passwords."""
    return zipped(
        {
            "manifest.csv": "propertyName,value\noneroster.version,1.2\n",
            "users.csv": USERS,
            "roles.csv": ROLES,
            "classes.csv": CLASSES,
            "enrollments.csv": ENROLLMENTS,
        }
    )
