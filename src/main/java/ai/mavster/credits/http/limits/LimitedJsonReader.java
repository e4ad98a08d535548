package ai.mavster.credits.http.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.resteasy.reactive.jackson.runtime.serialisers.ServerJacksonMessageBodyReader;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * The framework's reader, within {@link BodyLimit}. Not an interceptor: if there is one, the framework parses the
 * endpoint's annotations for every body.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, "application/*+json", "text/json"})
public class LimitedJsonReader extends ServerJacksonMessageBodyReader {

    private static final Annotation[] NONE = {};

    private final BodyLimit limit;

    LimitedJsonReader(Instance<ObjectMapper> json, BodyLimit limit) {
        super(json);
        this.limit = limit;
    }

    @Override
    public Object readFrom(Class<Object> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return readFrom(type, genericType, NONE, mediaType, null, limit.counted(context.getInputStream()));
    }
}
