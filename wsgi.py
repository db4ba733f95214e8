"""What gunicorn and the `flask` command load: the application with the settings of this machine."""

from app import create_app
from config import Settings

app = create_app(Settings.from_env())
