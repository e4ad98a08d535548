package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What came back of one attempt.
 *
 * @param replica which process was asked
 * @param began when it was sent, in nanoseconds of this machine's steady clock
 * @param ended when the answer, or the certainty that there is none, was here
 * @param status 0: none
 * @param body a missing node: none
 * @param failure why there is none
 */
record Answer(
        AnswerKind kind,
        int replica,
        long began,
        long ended,
        int status,
        boolean replayed,
        JsonNode body,
        String failure) {

    String code() {
        return body.path("code").asText();
    }

    long millionths(String field) {
        return Amounts.millionths(body.path(field));
    }
}
