package ai.mavster.credits.alert.mail;

/**
 * A mail as it is sent.
 *
 * @param subject one line
 */
record Letter(String subject, String text, String html) {}
