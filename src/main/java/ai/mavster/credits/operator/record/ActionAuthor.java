package ai.mavster.credits.operator.record;

import io.quarkus.qute.TemplateData;

/**
 * Whose actions there are.
 *
 * @param id of the key
 */
@TemplateData
public record ActionAuthor(String id, String name) {}
