"""What people are told when something happens on lower floors, and how their mail leaves."""

from app.blueprints.messaging.subscribers import authoring as authoring
from app.blueprints.messaging.subscribers import invitations as invitations
from app.blueprints.messaging.subscribers import line as line
from app.blueprints.messaging.subscribers import mail as mail
from app.blueprints.messaging.subscribers import places as places
from app.blueprints.messaging.subscribers import requests as requests
