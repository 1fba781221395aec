"""What people write in the transcript, in each language of ours; in any other they write English."""

from collections.abc import Mapping

from bot.understanding.understood import Intent

NOTE = "note"

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        Intent.GREETING: "hi there",
        Intent.WHERE_IS_IT: "where is my order?",
        Intent.WHEN_ARRIVES: "when will it arrive?",
        Intent.DELIVERED_NOT_RECEIVED: "it says delivered but I got nothing",
        Intent.WRONG_MISSING_OR_DAMAGED: "the milk is missing and the eggs are broken",
        Intent.CANCEL: "I want to cancel my order",
        Intent.CHANGE_ADDRESS_OR_ORDER: "I need to change the address",
        Intent.REFUND_OR_RETURN: "I want my money back",
        Intent.TALK_TO_HUMAN: "can I talk to a person?",
        Intent.STORE_HOURS_OR_PLACE: "what time do you open?",
        Intent.PICKUP_QUESTION: "where do I pick it up?",
        Intent.COURIER_QUESTION: "who is bringing it?",
        Intent.STOP_MESSAGES: "stop writing to me",
        Intent.SETTINGS_OR_MUTE: "too many messages",
        Intent.THANKS: "thank you!",
        Intent.COMPLAINT_OR_INSULT: "this is a disgrace",
        Intent.HELP_OR_WHAT_IS_THIS: "who are you?",
        Intent.LANGUAGE_CHANGE: "can you write in German?",
        Intent.PRIVACY_OR_DELETE_DATA: "what do you know about me?",
        Intent.PAYMENT_OR_INVOICE: "where is my receipt?",
        Intent.SMALLTALK_OR_UNKNOWN: "the blue one, I think",
        NOTE: "Hello! We had no <oat> milk & took soy milk instead.",
    },
    "es": {
        Intent.GREETING: "hola",
        Intent.WHERE_IS_IT: "¿dónde está mi pedido?",
        Intent.WHEN_ARRIVES: "¿cuándo llega?",
        Intent.DELIVERED_NOT_RECEIVED: "dice entregado pero no me llegó nada",
        Intent.WRONG_MISSING_OR_DAMAGED: "falta la leche y los huevos vienen rotos",
        Intent.CANCEL: "quiero cancelar mi pedido",
        Intent.CHANGE_ADDRESS_OR_ORDER: "necesito cambiar la dirección",
        Intent.REFUND_OR_RETURN: "quiero que me devuelvan la plata",
        Intent.TALK_TO_HUMAN: "¿puedo hablar con una persona?",
        Intent.STORE_HOURS_OR_PLACE: "¿a qué hora abren?",
        Intent.PICKUP_QUESTION: "¿dónde lo retiro?",
        Intent.COURIER_QUESTION: "¿quién lo trae?",
        Intent.STOP_MESSAGES: "no me escriban más",
        Intent.SETTINGS_OR_MUTE: "demasiados mensajes",
        Intent.THANKS: "¡gracias!",
        Intent.COMPLAINT_OR_INSULT: "esto es una vergüenza",
        Intent.HELP_OR_WHAT_IS_THIS: "¿quién eres?",
        Intent.LANGUAGE_CHANGE: "¿puedes escribir en alemán?",
        Intent.PRIVACY_OR_DELETE_DATA: "¿qué saben de mí?",
        Intent.PAYMENT_OR_INVOICE: "¿dónde está mi factura?",
        Intent.SMALLTALK_OR_UNKNOWN: "el azul, creo",
        NOTE: "¡Hola! No había leche de <avena> & pusimos de soja.",
    },
    "pt-BR": {
        Intent.GREETING: "oi",
        Intent.WHERE_IS_IT: "cadê meu pedido?",
        Intent.WHEN_ARRIVES: "quando chega?",
        Intent.DELIVERED_NOT_RECEIVED: "consta entregue mas não recebi nada",
        Intent.WRONG_MISSING_OR_DAMAGED: "faltou o leite e os ovos vieram quebrados",
        Intent.CANCEL: "quero cancelar meu pedido",
        Intent.CHANGE_ADDRESS_OR_ORDER: "preciso mudar o endereço",
        Intent.REFUND_OR_RETURN: "quero meu dinheiro de volta",
        Intent.TALK_TO_HUMAN: "posso falar com uma pessoa?",
        Intent.STORE_HOURS_OR_PLACE: "que horas abre?",
        Intent.PICKUP_QUESTION: "onde eu retiro?",
        Intent.COURIER_QUESTION: "quem vai trazer?",
        Intent.STOP_MESSAGES: "parem de me mandar mensagem",
        Intent.SETTINGS_OR_MUTE: "mensagens demais",
        Intent.THANKS: "obrigada!",
        Intent.COMPLAINT_OR_INSULT: "isso é uma vergonha",
        Intent.HELP_OR_WHAT_IS_THIS: "quem é você?",
        Intent.LANGUAGE_CHANGE: "dá pra escrever em alemão?",
        Intent.PRIVACY_OR_DELETE_DATA: "o que vocês sabem de mim?",
        Intent.PAYMENT_OR_INVOICE: "cadê minha nota fiscal?",
        Intent.SMALLTALK_OR_UNKNOWN: "o azul, eu acho",
        NOTE: "Olá! Não tinha leite de <aveia> & mandamos de soja.",
    },
}


def words(language: str, what: str) -> str:
    """Return what somebody writes who wants this."""
    alike = (code for code in _WORDS if code.split("-")[0] == language.split("-", maxsplit=1)[0])
    return _WORDS[next(alike, "en")][what]
