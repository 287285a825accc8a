"""Every table of the paper, one family a file."""

from khabarayn.store.models.article import ArticleRow, CorrectionRow, RevisionRow
from khabarayn.store.models.author import ArticleAuthor, AuthorRow
from khabarayn.store.models.count import CountRow, ReadsRow
from khabarayn.store.models.draft import DraftRow
from khabarayn.store.models.edition import EditionRow, EditionStoryRow
from khabarayn.store.models.face import FaceFileRow, FaceRow
from khabarayn.store.models.feed import FeedRow
from khabarayn.store.models.front import BulletinRow, FrontRow
from khabarayn.store.models.link import LinkRow
from khabarayn.store.models.listing import ListingRow
from khabarayn.store.models.log import LogRow
from khabarayn.store.models.media import ArticleMedia, FingerprintRow, MediaRow
from khabarayn.store.models.notification import NotificationRow
from khabarayn.store.models.outbox import BeatRow, OutboxRow
from khabarayn.store.models.redirect import RedirectRow
from khabarayn.store.models.related import ClusterRow, LikenessRow, PostingRow
from khabarayn.store.models.search import SearchDocument, SearchState, SearchWord
from khabarayn.store.models.section import SectionRow
from khabarayn.store.models.site import SettingRow
from khabarayn.store.models.source import SourceRow
from khabarayn.store.models.tag import ArticleTag, TagRow
from khabarayn.store.models.translation import TranslationCheckRow
from khabarayn.store.models.user import (
    AttemptRow,
    InvitationRow,
    PasskeyRow,
    SessionRow,
    UserRow,
)
from khabarayn.store.models.words import HouseWordRow, SpellingRow
from khabarayn.store.models.workflow import PresenceRow, PreviewLinkRow, ReviewNoteRow

__all__ = [
    "ArticleAuthor",
    "ArticleMedia",
    "ArticleRow",
    "ArticleTag",
    "AttemptRow",
    "AuthorRow",
    "BeatRow",
    "BulletinRow",
    "ClusterRow",
    "CorrectionRow",
    "CountRow",
    "DraftRow",
    "EditionRow",
    "EditionStoryRow",
    "FaceFileRow",
    "FaceRow",
    "FeedRow",
    "FingerprintRow",
    "FrontRow",
    "HouseWordRow",
    "InvitationRow",
    "LikenessRow",
    "LinkRow",
    "ListingRow",
    "LogRow",
    "MediaRow",
    "NotificationRow",
    "OutboxRow",
    "PasskeyRow",
    "PostingRow",
    "PresenceRow",
    "PreviewLinkRow",
    "ReadsRow",
    "RedirectRow",
    "ReviewNoteRow",
    "RevisionRow",
    "SearchDocument",
    "SearchState",
    "SearchWord",
    "SectionRow",
    "SessionRow",
    "SettingRow",
    "SourceRow",
    "SpellingRow",
    "TagRow",
    "TranslationCheckRow",
    "UserRow",
]
