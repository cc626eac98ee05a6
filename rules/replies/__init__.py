"""What the buyer can answer a seller, in the language of the seller's message."""

from rules.replies.language import LANGUAGES, language_of
from rules.replies.templates import Replies, Reply, asks, replies_in, reply_to

__all__ = ["LANGUAGES", "Replies", "Reply", "asks", "language_of", "replies_in", "reply_to"]
