"""A word of an act that is negated, taken back or said of a thing does not ask for that act."""

import json
from pathlib import Path

import pytest

from bot.understanding.plain_words import plain
from bot.understanding.reading import understand
from bot.understanding.understood import Intent
from bot.understanding.vetoes import Vetoes, read_vetoes
from bot.understanding.word_lists import LANGUAGES, read_word_lists

CORPORA = Path(__file__).parents[1] / "corpora"
NOT_SAID: dict[tuple[Intent, str], str] = {
    (Intent.CANCEL, "en"): """
        don't you dare cancel my fridge
        please dont cancel, I am still waiting for it
        do not under any circumstances cancel this
        never cancel on me again, I need that bed
        no need to cancel, I'll wait
        I never cancelled anything
        we did not cancel this order
        I didn't ask to cancel
        I don't want to cancel, just asking
        you don't have to cancel it for me
        not cancelling, only wondering
        cancelled by mistake, put it back please
        I hit cancel by accident, can you undo it
        undo the cancel please
        I cancelled it by mistake, reinstate my order
        ignore the cancellation, I want it
        I changed my mind about cancelling, keep it
        make sure nobody cancels my order
        are these noise cancelling headphones
        do the earbuds have noise cancellation""",
    (Intent.CANCEL, "es"): """
        por favor no cancelen mi heladera
        no lo cancelen que lo estoy esperando
        oiga no me lo vaya a cancelar
        no quiero cancelar, solo pregunto
        no quiero que me cancelen la compra
        yo nunca cancelé nada
        yo no cancelé ese pedido
        no hace falta cancelar, yo espero
        no es necesario anular el pedido
        tampoco lo anulen por favor
        no no no lo cancele señorita
        lo cancelé sin querer, me lo reactivan
        cancelé por error, quiero que siga el pedido
        deshagan la cancelación
        los audífonos tienen cancelación de ruido?
        se puede cancelar con tarjeta al recibir?
        yo cancelo en efectivo cuando llegue
        puedo cancelar contra entrega
        me arrepentí de cancelar, lo quiero
        puedo cancelar en efectivo?
        le cancelo con plin al repartidor""",
    (Intent.CANCEL, "pt-BR"): """
        por favor não cancelem minha geladeira
        não cancela, tô esperando ainda
        não me cancela isso pelo amor de deus
        não quero cancelar, só perguntei
        não quero que cancelem a compra
        nunca cancelei nada
        eu não cancelei esse pedido
        não precisa cancelar, eu espero
        nem pensem em cancelar
        não é pra cancelar não
        cancela não moço
        cancelei sem querer, dá pra voltar?
        cancelei por engano, quero o pedido de volta
        desisti de cancelar, quero sim
        desconsidera o cancelamento
        desfaz o cancelamento
        o fone tem cancelamento de ruído?""",
    (Intent.LANGUAGE_CHANGE, "en"): """
        is the keyboard in spanish or english
        does the tv menu come in english
        can the speaker speak portuguese
        the book arrived in german, I want to swap it
        is this board game in english
        does the watch support spanish
        does the movie have french subtitles
        the manual is only in chinese""",
    (Intent.LANGUAGE_CHANGE, "es"): """
        el teclado es en español o en inglés?
        el menú de la tele se puede poner en español?
        el parlante habla español?
        el libro vino en inglés, lo quiero cambiar
        el juego de mesa está en español?
        la película tiene audio en español?
        el reloj viene en español?
        el manual está en chino""",
    (Intent.LANGUAGE_CHANGE, "pt-BR"): """
        o teclado é em português ou inglês?
        o menu da tv vem em português?
        a caixa de som fala português?
        o livro veio em inglês, quero trocar
        o jogo está em português?
        o filme tem áudio em português?
        o relógio tem português?
        o manual está em chinês""",
    (Intent.STOP_MESSAGES, "en"): """
        don't stop the messages, I like them
        please don't stop sending me updates
        do not unsubscribe me
        my house is by the bus stop
        the driver can leave it at the last stop
        is there a stop before mine
        I can't stop laughing
        how many stops before my house""",
    (Intent.STOP_MESSAGES, "es"): """
        no dejen de avisarme por favor
        no paren los avisos
        no me den de baja
        vivo frente a la parada del bus
        déjenlo en la parada del colectivo
        no pare de escribirme
        cuántas paradas faltan antes de mi casa""",
    (Intent.STOP_MESSAGES, "pt-BR"): """
        não parem de me avisar por favor
        não para de mandar os avisos
        não me descadastre
        moro em frente ao ponto de parada do ônibus
        pode deixar na parada do ônibus
        não deixem de me avisar
        quantas paradas faltam até minha casa""",
    (Intent.PRIVACY_OR_DELETE_DATA, "en"): """
        delete the milk from my order
        please remove one item from the order
        I deleted the app, how do I track now
        don't delete my data
        delete one of the two lamps""",
    (Intent.PRIVACY_OR_DELETE_DATA, "es"): """
        borren la leche del pedido
        eliminen un producto de mi compra
        borré la app, cómo veo mi pedido ahora
        no borren mis datos
        la mancha no se borra""",
    (Intent.PRIVACY_OR_DELETE_DATA, "pt-BR"): """
        apaga o leite do pedido
        exclui um item da compra
        apaguei o app, como vejo meu pedido agora
        não apaguem meus dados
        a mancha não apaga""",
    (Intent.SETTINGS_OR_MUTE, "en"): """
        does the tv have a mute button
        is the blender silent
        don't mute me
        how do I mute the speaker
        the fan is not quiet at all""",
    (Intent.SETTINGS_OR_MUTE, "es"): """
        el control de la tele tiene botón de silencio?
        la licuadora es silenciosa?
        no me silencien
        cómo silencio el parlante
        la lavadora no es nada silenciosa""",
    (Intent.SETTINGS_OR_MUTE, "pt-BR"): """
        o controle da tv tem botão mudo?
        o liquidificador é silencioso?
        não me silenciem
        como silencio a caixa de som
        o ventilador não é nada silencioso""",
    (Intent.THANKS, "en"): """
        thanks for nothing
        thanks a lot for ruining my birthday
        thank you for nothing guys
        no thanks to you it arrived
        thanks for wasting my day""",
    (Intent.THANKS, "es"): """
        gracias por nada
        no gracias a ustedes
        muchas gracias por arruinarme el día
        gracias por hacerme perder el tiempo
        gracias por dejarme sin cena""",
    (Intent.THANKS, "pt-BR"): """
        obrigado por nada
        obrigada por nada viu
        não graças a vocês
        obrigado por estragar meu dia
        fui obrigado a esperar o dia todo""",
}
SAID: dict[tuple[Intent, str], str] = {
    (Intent.CANCEL, "en"): """
        I don't want it anymore, cancel it
        i dont want it cancel it please
        I can't cancel it in the app, please cancel my order
        don't send it, cancel my order
        I'd rather cancel my order
        forget it cancel my order
        don't call me, just cancel my order please""",
    (Intent.CANCEL, "es"): """
        prefiero cancelar el pedido
        olvídenlo cancelen mi pedido
        ya no lo quiero, cancélenlo
        no quiero el pedido cancelen
        no puedo cancelar en la app, cancelen mi pedido
        no me lo manden, cancelen el pedido
        ya no quiero nada, anulen la compra""",
    (Intent.CANCEL, "pt-BR"): """
        prefiro cancelar o pedido
        esquece cancela meu pedido
        não quero mais, cancela
        não quero o pedido cancela
        não consigo cancelar no app, cancelem meu pedido
        não manda, cancela o pedido
        já não quero mais nada, cancelem a compra""",
    (Intent.STOP_MESSAGES, "en"): """
        stop sending me messages
        don't send me any more messages
        I don't want messages, stop""",
    (Intent.STOP_MESSAGES, "es"): """
        no me manden más mensajes
        dejen de escribirme
        no quiero más avisos""",
    (Intent.STOP_MESSAGES, "pt-BR"): """
        não me mandem mais mensagens
        parem de me mandar mensagem
        não quero mais avisos""",
    (Intent.LANGUAGE_CHANGE, "en"): """
        speak english please
        can you write to me in spanish""",
    (Intent.LANGUAGE_CHANGE, "es"): """
        háblame en inglés por favor
        pueden escribirme en español?""",
    (Intent.LANGUAGE_CHANGE, "pt-BR"): """
        fala em português por favor
        pode me escrever em inglês?""",
    (Intent.PRIVACY_OR_DELETE_DATA, "en"): "delete my data",
    (Intent.PRIVACY_OR_DELETE_DATA, "es"): "borren mis datos",
    (Intent.PRIVACY_OR_DELETE_DATA, "pt-BR"): "apaguem meus dados",
    (Intent.SETTINGS_OR_MUTE, "en"): "mute the notifications at night",
    (Intent.SETTINGS_OR_MUTE, "es"): "silencien los avisos de noche",
    (Intent.SETTINGS_OR_MUTE, "pt-BR"): "silencia os avisos de noite",
    (Intent.THANKS, "en"): "thanks a lot, it arrived",
    (Intent.THANKS, "es"): "muchas gracias por todo",
    (Intent.THANKS, "pt-BR"): "muito obrigado por tudo",
}


def _each(table: dict[tuple[Intent, str], str]) -> list[tuple[Intent, str, str]]:
    return [(*key, line.strip()) for key, lines in table.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("intent", "language", "text"), _each(NOT_SAID))
def test_what_is_negated_taken_back_or_said_of_a_thing_asks_for_no_act(
    intent: Intent, language: str, text: str
) -> None:
    assert understand(text, language).intent is not intent


@pytest.mark.parametrize(("intent", "language", "text"), _each(SAID))
def test_what_is_said_beside_a_negation_is_said(intent: Intent, language: str, text: str) -> None:
    assert understand(text, language).intent is intent


@pytest.mark.parametrize("name", ["handed", "own", "unseen"])
def test_no_right_answer_of_the_corpora_is_vetoed(name: str) -> None:
    vetoes = {one: Vetoes(read_vetoes(one), read_word_lists(one).spellings) for one in LANGUAGES}
    rows = [json.loads(line) for line in (CORPORA / f"intents-{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    lost = [row["text"] for row in rows if vetoes[row["language"]].on(plain(row["text"]))(Intent(row["intent"]))]
    assert lost == []
