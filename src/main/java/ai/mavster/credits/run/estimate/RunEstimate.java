package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.UnexpectedValue;
import ai.mavster.credits.http.body.Violations;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to cost, as its caller says it: a number of credits, or the items to estimate it by. In JSON a
 * number, or a list.
 *
 * @param credits null: to be estimated by the items
 * @param items none where there are credits
 */
@JsonDeserialize(using = RunEstimate.Reader.class)
@Schema(
        name = "RunEstimate",
        description = "A number of credits; or 1 to 1000 items, which are estimated as POST /v1/estimates does.",
        oneOf = {PositiveAmount.class, RunEstimate.Items.class},
        examples = "40")
public record RunEstimate(
        @Schema(hidden = true) @Nullable Credits credits,
        @Schema(hidden = true) List<Item> items) {

    /** The items, as JSON has them. */
    @Schema(
            name = "EstimateRequestItems",
            type = SchemaType.ARRAY,
            implementation = Item.class,
            minItems = 1,
            maxItems = Item.MOST,
            description = "1 to 1000 items.")
    interface Items {}

    public RunEstimate {
        items = List.copyOf(items);
    }

    /**
     * A list has no field for its constraints to stand on, and an error names what was sent: so items are checked here.
     */
    static final class Reader extends StdDeserializer<RunEstimate> {

        Reader() {
            super(RunEstimate.class);
        }

        @Override
        public RunEstimate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isNumeric()) {
                return new RunEstimate(Amounts.positive(parser, context, RunEstimate.class), List.of());
            }
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                throw new UnexpectedValue(parser, RunEstimate.class, "must be a number or a list of items");
            }
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() == Item.MOST) {
                    throw wrongNumber(parser);
                }
                try {
                    items.add(item(parser, context));
                } catch (JsonMappingException e) {
                    e.prependPath(items, items.size());
                    throw e;
                }
            }
            if (items.isEmpty()) {
                throw wrongNumber(parser);
            }
            return new RunEstimate(null, items);
        }

        private static UnexpectedValue wrongNumber(JsonParser parser) {
            return new UnexpectedValue(parser, RunEstimate.class, "must have 1 to " + Item.MOST + " items");
        }

        private static Item item(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                throw new UnexpectedValue(parser, Item.class, "must be an object");
            }
            Item item = context.readValue(parser, Item.class);
            checkAction(parser, item.action());
            if (item.quantity() != null) {
                checkQuantity(parser, item.quantity());
            }
            return item;
        }

        private static void checkAction(JsonParser parser, @Nullable String action) throws JsonMappingException {
            if (action == null) {
                throw at(parser, "action", "must not be null");
            }
            if (!action.matches(Identifier.PATTERN)) {
                throw at(parser, "action", "must match \"" + Identifier.PATTERN + "\"");
            }
        }

        private static void checkQuantity(JsonParser parser, BigDecimal quantity) throws JsonMappingException {
            if (quantity.signum() <= 0) {
                throw at(parser, "quantity", "must be greater than 0");
            }
            String fault = Violations.digits(quantity, Item.WHOLE_DIGITS, Item.DECIMALS);
            if (fault != null) {
                throw at(parser, "quantity", fault);
            }
        }

        private static JsonMappingException at(JsonParser parser, String field, String message) {
            return JsonMappingException.wrapWithPath(
                    new UnexpectedValue(parser, Item.class, message), Item.class, field);
        }
    }
}
