"""Bringing courses in: prepared outside the write transaction, then written in one."""

from app.blueprints.interchange.services.gallery import address_of as address_of
from app.blueprints.interchange.services.gallery import install_template as install_template
from app.blueprints.interchange.services.gallery import missing_templates as missing_templates
from app.blueprints.interchange.services.importing import Imported as Imported
from app.blueprints.interchange.services.importing import import_course as import_course
from app.blueprints.interchange.services.jobs import finish_import as finish_import
from app.blueprints.interchange.services.jobs import give_up as give_up
from app.blueprints.interchange.services.jobs import prepare_import as prepare_import
from app.blueprints.interchange.services.jobs import request_import as request_import
from app.blueprints.interchange.services.lists import ListRow as ListRow
from app.blueprints.interchange.services.lists import add_list as add_list
from app.blueprints.interchange.services.lists import agree as agree
from app.blueprints.interchange.services.lists import drop_list as drop_list
from app.blueprints.interchange.services.lists import finish_list as finish_list
from app.blueprints.interchange.services.lists import forget_lists as forget_lists
from app.blueprints.interchange.services.lists import listed as listed
from app.blueprints.interchange.services.lists import packed as packed
from app.blueprints.interchange.services.lists import prepare_list as prepare_list
from app.blueprints.interchange.services.preparing import PreparedCourse as PreparedCourse
from app.blueprints.interchange.services.preparing import prepare_course as prepare_course
