"""To be written."""

from flask import Blueprint

blueprint = Blueprint("classes", __name__)
