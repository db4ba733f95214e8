"""To be written."""

from flask import Blueprint

blueprint = Blueprint("meetings", __name__)
