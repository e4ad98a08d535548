package ai.mavster.credits.alert.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/**
 * A notice that waits to be sent.
 *
 * @param address empty: the account's billing address, whatever that is when it is sent
 * @param at the account's time
 * @param zone whose days count for the account
 * @param queuedAt the real time
 */
record Waiting(
        String accountId, String address, UUID mailId, Notice notice, Instant at, ZoneId zone, Instant queuedAt) {}
