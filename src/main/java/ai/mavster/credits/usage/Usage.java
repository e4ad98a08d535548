package ai.mavster.credits.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The current period, or a range. */
@Schema(
        name = "Usage",
        oneOf = {PeriodUsage.Answer.class, UsageResource.Report.class})
sealed interface Usage permits PeriodUsage.Answer, UsageResource.Report {}
