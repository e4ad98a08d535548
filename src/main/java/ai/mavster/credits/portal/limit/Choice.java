package ai.mavster.credits.portal.limit;

import io.quarkus.qute.TemplateData;

/**
 * What a field offers.
 *
 * @param key of its name among the texts
 */
@TemplateData
public record Choice(String id, String key) {}
