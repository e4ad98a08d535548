/**
 * Idempotency keys as callers send them: the header, its form, and which endpoints need one. What a key does is the
 * ledger's.
 */
@NullMarked
package ai.mavster.credits.http.idempotency;

import org.jspecify.annotations.NullMarked;
