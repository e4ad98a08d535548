package ai.mavster.credits;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who had something done, as it is kept with what was done. The name is the one of that time: keys are not renamed, but
 * may be gone.
 *
 * @param id of the key, the page's session, the job, or the provider's event
 * @param name for people; it identifies nothing
 */
@Schema(
        name = "Author",
        description =
                "Who had it done: an API key, the session of a page, a job of the service's own, or an event of the payment provider's.",
        examples = """
        {"type": "api_key", "id": "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "name": "runners"}""")
public record Author(
        Type type,

        @Schema(examples = "key_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String id,

        @Schema(description = "As it was then.", examples = "runners")
        String name) {

    /** The renewal of what is due, by a job or on request. */
    public static final Author RENEWALS = new Author(Type.JOB, "renewals", "Renewals");

    /** Time, which lets credits expire; on whichever occasion that is posted. */
    public static final Author EXPIRY = new Author(Type.JOB, "expiry", "Expiry");

    /** The comparison with what the payment provider has, by a job or on request. */
    public static final Author RECONCILIATION = new Author(Type.JOB, "reconciliation", "Reconciliation");

    /** Nobody: what only asks what would be, and is never posted. */
    public static final Author NOBODY = new Author(Type.JOB, "nobody", "Nobody");

    /** What an author is. */
    @Schema(name = "AuthorType")
    public enum Type {
        API_KEY,
        PAGE_SESSION,
        JOB,
        PROVIDER_EVENT;

        /** As in the database and in JSON: {@code api_key}. */
        public String id() {
            return EnumId.of(this);
        }
    }
}
