import { canonicalJson, type JsonValue } from '@consilium/contracts';
import { enumNameOf } from '../schema/enum-value.ts';
import type { AnnotationInput } from '../schema/generated/schema-types.ts';

/** What was sent, as it was sent: enums by the names of the API, so that a client can send it again as it stands. */
export const draftText = (annotation: AnnotationInput): string =>
  canonicalJson({
    ...annotation,
    answer: enumNameOf(annotation.answer),
    findings: annotation.findings.map((finding) => ({ ...finding, polarity: enumNameOf(finding.polarity) })),
    regions: annotation.regions.map((region) => ({ ...region, system: enumNameOf(region.system) })),
  } as unknown as JsonValue);
