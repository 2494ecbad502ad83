"""One example of everything that Telegram can send: of each kind of message, and of each kind of update."""

from typing import Any

Json = dict[str, Any]

SOMEBODY: Json = {"id": 4711, "is_bot": False, "first_name": "Iemand"}
ELSEWHERE: Json = {"id": -1_001_000_000_009, "type": "channel", "title": "Elders"}
FILE: Json = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
PICTURE: Json = FILE | {"width": 9, "height": 9}
FILM: Json = PICTURE | {"duration": 3}
PLACE: Json = {"latitude": 50.8, "longitude": 4.9}
MONEY: Json = {"currency": "XTR", "total_amount": 1, "invoice_payload": "x"}
PAID: Json = {"telegram_payment_charge_id": "c", "provider_payment_charge_id": "p"}
ASKED: Json = {"id": "1", "question": "Wat?", "options": [], "total_voter_count": 0, "is_closed": False}
ASKED |= {"is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
ASKED |= {"allows_revoting": True, "members_only": False}
TASK: Json = {"id": 1, "text": "Melk"}
THUMB: Json = {"type": "emoji", "emoji": "👍"}
GIFT: Json = {"id": "g", "star_count": 1, "sticker": FILE | {"type": "regular", "width": 9, "height": 9}}
GIFT["sticker"] |= {"is_animated": False, "is_video": False}
PRIZE: Json = {"chats": [ELSEWHERE], "winners_selection_date": 1, "winner_count": 1}
BACKDROP: Json = {"name": "b", "rarity_per_mille": 1}
COLOURS: Json = {"center_color": 1, "edge_color": 1, "symbol_color": 1, "text_color": 1}
UNIQUE: Json = {
    "gift": {
        "gift_id": "g",
        "base_name": "b",
        "name": "n",
        "number": 1,
        "model": {"name": "m", "sticker": GIFT["sticker"], "rarity_per_mille": 1},
        "symbol": {"name": "s", "sticker": GIFT["sticker"], "rarity_per_mille": 1},
        "backdrop": BACKDROP | {"colors": COLOURS},
    },
    "origin": "upgrade",
}

# What a message can be. A field of telegram.Message stands either here or in BESIDES.
MESSAGES: dict[str, Json] = {
    "text": {"text": "iets heel anders"},
    "voice": {"voice": FILE | {"duration": 3}},
    "photo": {"photo": [PICTURE]},
    "live_photo": {"live_photo": FILM | {"photo": [PICTURE]}},
    "location": {"location": PLACE},
    "venue": {"venue": {"location": PLACE, "title": "Park", "address": "Laan"}, "location": PLACE},
    "contact": {"contact": {"phone_number": "+32470000000", "first_name": "Bert"}},
    "sticker": {"sticker": GIFT["sticker"]},
    "poll": {"poll": ASKED},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "video": {"video": FILM},
    "video_note": {"video_note": FILE | {"length": 9, "duration": 3}},
    "animation": {"animation": FILM, "document": FILE | {"mime_type": "image/gif"}},
    "audio": {"audio": FILE | {"duration": 3}},
    "document": {"document": FILE | {"mime_type": "application/pdf"}},
    "game": {"game": {"title": "Spel", "description": "x", "photo": [PICTURE]}},
    "story": {"story": {"chat": ELSEWHERE, "id": 1}},
    "checklist": {"checklist": {"title": "Lijst", "tasks": [TASK]}},
    "invoice": {
        "invoice": {"title": "x", "description": "x", "start_parameter": "x", "currency": "EUR", "total_amount": 1}
    },
    "giveaway": {"giveaway": PRIZE},
    "giveaway_winners": {
        "giveaway_winners": {
            "chat": ELSEWHERE,
            "giveaway_message_id": 1,
            "winners_selection_date": 1,
            "winner_count": 1,
            "winners": [SOMEBODY],
        }
    },
    "paid_media": {"paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]}},
    "passport_data": {"passport_data": {"data": [], "credentials": {"data": "", "hash": "", "secret": ""}}},
    "users_shared": {"users_shared": {"request_id": 1, "users": [{"user_id": 4711}]}},
    "chat_shared": {"chat_shared": {"request_id": 1, "chat_id": 4711}},
    "web_app_data": {"web_app_data": {"data": "x", "button_text": "x"}},
    "gift": {"gift": {"gift": GIFT}},
    "unique_gift": {"unique_gift": UNIQUE},
    "successful_payment": {"successful_payment": MONEY | PAID},
    "refunded_payment": {"refunded_payment": MONEY | PAID},
    "boost_added": {"boost_added": {"boost_count": 1}},
    "channel_chat_created": {"channel_chat_created": True},
    "chat_background_set": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    "chat_owner_changed": {"chat_owner_changed": {"new_owner": SOMEBODY}},
    "chat_owner_left": {"chat_owner_left": {"new_owner": SOMEBODY}},
    "checklist_tasks_added": {"checklist_tasks_added": {"tasks": [TASK]}},
    "checklist_tasks_done": {"checklist_tasks_done": {"marked_as_done_task_ids": [1]}},
    "connected_website": {"connected_website": "example.org"},
    "delete_chat_photo": {"delete_chat_photo": True},
    "direct_message_price_changed": {"direct_message_price_changed": {"are_direct_messages_enabled": True}},
    "forum_topic_closed": {"forum_topic_closed": {}},
    "forum_topic_created": {"forum_topic_created": {"name": "x", "icon_color": 1}},
    "forum_topic_edited": {"forum_topic_edited": {"name": "x"}},
    "forum_topic_reopened": {"forum_topic_reopened": {}},
    "general_forum_topic_hidden": {"general_forum_topic_hidden": {}},
    "general_forum_topic_unhidden": {"general_forum_topic_unhidden": {}},
    "gift_upgrade_sent": {"gift_upgrade_sent": {"gift": GIFT}},
    "giveaway_completed": {"giveaway_completed": {"winner_count": 1}},
    "giveaway_created": {"giveaway_created": {"prize_star_count": 1}},
    "group_chat_created": {"group_chat_created": True},
    "left_chat_member": {"left_chat_member": SOMEBODY},
    "managed_bot_created": {"managed_bot_created": {"bot": SOMEBODY}},
    "message_auto_delete_timer_changed": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "migrate_from_chat_id": {"migrate_from_chat_id": -4711},
    "migrate_to_chat_id": {"migrate_to_chat_id": -1_004_711},
    "new_chat_members": {"new_chat_members": [SOMEBODY]},
    "new_chat_photo": {"new_chat_photo": [PICTURE]},
    "new_chat_title": {"new_chat_title": "x"},
    "paid_message_price_changed": {"paid_message_price_changed": {"paid_message_star_count": 1}},
    "pinned_message": {"pinned_message": {"message_id": 1, "date": 0, "chat": ELSEWHERE}},
    "poll_option_added": {"poll_option_added": {"option_persistent_id": "1", "option_text": "x"}},
    "poll_option_deleted": {"poll_option_deleted": {"option_persistent_id": "1", "option_text": "x"}},
    "proximity_alert_triggered": {
        "proximity_alert_triggered": {"traveler": SOMEBODY, "watcher": SOMEBODY, "distance": 1}
    },
    "suggested_post_approval_failed": {"suggested_post_approval_failed": {"price": {"currency": "XTR", "amount": 1}}},
    "suggested_post_approved": {"suggested_post_approved": {"send_date": 1}},
    "suggested_post_declined": {"suggested_post_declined": {}},
    "suggested_post_paid": {"suggested_post_paid": {"currency": "XTR"}},
    "suggested_post_refunded": {"suggested_post_refunded": {"reason": "post_deleted"}},
    "supergroup_chat_created": {"supergroup_chat_created": True},
    "video_chat_ended": {"video_chat_ended": {"duration": 1}},
    "video_chat_participants_invited": {"video_chat_participants_invited": {"users": [SOMEBODY]}},
    "video_chat_scheduled": {"video_chat_scheduled": {"start_date": 1}},
    "video_chat_started": {"video_chat_started": {}},
    "write_access_allowed": {"write_access_allowed": {}},
}

# Fields that say something about a message, and are none.
BESIDES = frozenset(
    {
        "author_signature", "business_connection_id", "caption", "caption_entities", "direct_messages_topic",
        "edit_date", "effect_id", "entities", "external_reply", "forward_origin", "from_user", "guest_bot_caller_chat",
        "guest_bot_caller_user", "guest_query_id", "has_media_spoiler", "has_protected_content",
        "is_automatic_forward", "is_from_offline", "is_paid_post", "is_topic_message", "link_preview_options",
        "media_group_id", "message_thread_id", "paid_star_count", "quote", "reply_markup",
        "reply_to_checklist_task_id", "reply_to_message", "reply_to_poll_option_id", "reply_to_story",
        "sender_boost_count", "sender_business_bot", "sender_chat", "sender_tag", "show_caption_above_media",
        "suggested_post_info", "via_bot",
    }
)  # fmt: skip

# The same message, otherwise: each is answered as its content is.
ODDLY: dict[str, Json] = {
    "an unknown command": {"text": "/bestaatniet"},
    "forwarded": {"sticker": GIFT["sticker"], "forward_origin": {"type": "user", "sender_user": SOMEBODY, "date": 1}},
    "a reply to a story": {"dice": {"emoji": "🎲", "value": 1}, "reply_to_story": {"chat": ELSEWHERE, "id": 1}},
    "a reply elsewhere": {
        "dice": {"emoji": "🎲", "value": 1},
        "external_reply": {"origin": {"type": "user", "sender_user": SOMEBODY, "date": 1}},
    },
    "by way of a bot": {"audio": FILE | {"duration": 3}, "via_bot": SOMEBODY | {"is_bot": True}},
    "with a caption": {"video": FILM, "caption": "&" * 1024},
    "nothing that we know": {"something_new": {"id": 1}},
    "too large": {"voice": FILE | {"duration": 9000, "file_size": 20_000_001}},
    "only odd signs": {"dice": {"emoji": "\u202e\u200b", "value": 1}, "caption": "\ud83d\u0000\u0301"},
}


def updates(me: Json, chat: Json, at: int, message_id: int) -> dict[str, Json]:
    """One update of each kind besides `message`, by or about `me` in `chat`; `message_id` is one of the bot's."""
    message: Json = {"message_id": 900_001, "date": at, "chat": chat, "from": me, "text": "iets"}
    post = {"message_id": 5, "date": at, "chat": ELSEWHERE, "text": "iets"}
    away, back = ({"status": "left", "user": me}, {"status": "member", "user": me})
    moved = {"chat": chat, "from": me, "date": at, "old_chat_member": away, "new_chat_member": back}
    money = {"id": "1", "from": me, "invoice_payload": "x"}
    address = dict.fromkeys(("country_code", "state", "city", "street_line1", "street_line2", "post_code"), "x")
    boost = {"boost_id": "1", "add_date": at, "expiration_date": at, "source": {"source": "premium", "user": me}}
    removed = {"boost_id": "1", "remove_date": at, "source": {"source": "premium", "user": me}}
    liked = {"chat": chat, "message_id": message_id, "date": at}
    shop = {"id": "b", "user": me, "user_chat_id": me["id"], "date": at, "is_enabled": True}
    return {
        "edited_message": {**message, "edit_date": at},
        "channel_post": post,
        "edited_channel_post": {**post, "edit_date": at},
        "inline_query": {"id": "1", "from": me, "query": "x", "offset": ""},
        "chosen_inline_result": {"result_id": "1", "from": me, "query": "x"},
        "callback_query": {
            "id": "1",
            "from": me,
            "chat_instance": "1",
            "data": "0:oud",
            "message": {"message_id": message_id, "date": at, "chat": chat, "text": "x"},
        },
        "shipping_query": {**money, "shipping_address": address},
        "pre_checkout_query": {**money, "currency": "EUR", "total_amount": 1},
        "poll": ASKED,
        "poll_answer": {"poll_id": "1", "user": me, "option_ids": [0], "option_persistent_ids": ["1"]},
        "my_chat_member": moved,
        "chat_member": moved,
        "chat_join_request": {"chat": ELSEWHERE, "from": me, "user_chat_id": me["id"], "date": at},
        "chat_boost": {"chat": ELSEWHERE, "boost": boost},
        "removed_chat_boost": {"chat": ELSEWHERE, **removed},
        "message_reaction": {
            **liked,
            "user": me,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        },
        "message_reaction_count": {**liked, "reactions": []},
        "business_connection": shop,
        "business_message": {**message, "business_connection_id": "b"},
        "edited_business_message": {**message, "business_connection_id": "b", "edit_date": at},
        "deleted_business_messages": {"business_connection_id": "b", "chat": chat, "message_ids": [1]},
        "purchased_paid_media": {"from": me, "paid_media_payload": "x"},
        "managed_bot": {"user": me, "bot": SOMEBODY},
        "guest_message": {**message, "guest_query_id": "g"},
    }
