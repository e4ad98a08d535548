package ai.mavster.credits.event.webhook;

import java.util.List;

/**
 * Where an endpoint listens, and what deliveries to it are signed with.
 *
 * @param secrets all that are good, the newest first
 */
public record WebhookTarget(String url, List<WebhookSecret> secrets) {}
