package ai.mavster.credits.payment.sandbox;

import ai.mavster.credits.EnumId;

/** The sandbox's cards, each of which goes its own way. */
enum SandboxCard {
    CARD_OK("Is paid at once"),
    CARD_DECLINED("Is declined"),
    CARD_CONFIRM("Has to be confirmed on a further page"),
    CARD_SLOW("Is paid some seconds later"),
    CARD_TWICE("Is paid at once, and announced twice"),
    CARD_NEVER("Is paid, but never announced: only the reconciliation finds it");

    private final String description;

    SandboxCard(String description) {
        this.description = description;
    }

    /** As in the database, in JSON and on the page: {@code card_ok}. */
    public String id() {
        return EnumId.of(this);
    }

    /** For people. */
    public String description() {
        return description;
    }
}
