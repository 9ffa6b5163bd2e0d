import { confirmTranslation, correctSentence, translationChecks } from '@consilium/client';
import type { ConsiliumClient, TranslationChecksData } from '@consilium/client';
import { allNodes } from '../all-nodes.ts';
import { DemonstrationFailed, unexpected } from '../demonstration-failed.ts';
import type { Mistranslation, PlantedFinding, SyntheticStudy } from '../grounded-reports/synthetic-study.ts';

export interface TranslationOptions {
  readonly client: ConsiliumClient;
  readonly projectId: string;
  readonly commandPrefix: string;
  /** What misleads who goes by the English is left for an adjudicator, with whatever readers make of it. */
  readonly leavesMisleading: boolean;
  /** By case id, with the sentences in the order of the study's findings. */
  readonly studies: ReadonlyMap<
    string,
    { readonly synthetic: SyntheticStudy; readonly sentenceIds: readonly string[] }
  >;
}

/** Those that mislead who goes by the English. */
const misleading: readonly Mistranslation[] = ['polarity', 'laterality'];

const checksPerPage = 50;

type Check = TranslationChecksData['translationChecks']['edges'][number]['node'];

/** A reviewer of both languages answers the questions about translations: corrects what is wrong, confirms what is right. */
export async function reviewTranslations(options: TranslationOptions): Promise<void> {
  for (const check of await openChecks(options)) {
    const planted = plantedOf(options, check);
    if (planted.mistranslation === null) await confirm(options, check);
    else if (!options.leavesMisleading || !misleading.includes(planted.mistranslation.kind)) {
      await correct(options, check, planted.mistranslation);
    }
  }
}

async function openChecks({ client, projectId }: TranslationOptions): Promise<readonly Check[]> {
  const pageAfter = async (after: string | null) =>
    (await client.request(translationChecks, { projectId, first: checksPerPage, after })).translationChecks;
  return allNodes(pageAfter);
}

function plantedOf({ studies }: TranslationOptions, { caseId, sentenceId }: Check): PlantedFinding {
  const study = studies.get(caseId);
  const planted = study?.synthetic.truth[study.sentenceIds.indexOf(sentenceId)];
  if (planted === undefined) throw new DemonstrationFailed(`Sentence ${sentenceId} is none of the demonstration`);
  return planted;
}

async function confirm({ client, commandPrefix }: TranslationOptions, { caseId, sentenceId, version }: Check) {
  const commandId = `${commandPrefix}-confirm-${sentenceId}`;
  const input = { commandId, caseId, sentenceId, version, reasonCode: 'CHECK_MISTAKEN' as const };
  const { confirmTranslation: answer } = await client.request(confirmTranslation, { input });
  if (answer.__typename !== 'TranslationConfirmed') throw unexpected('Confirming a translation', answer);
}

async function correct(
  { client, commandPrefix }: TranslationOptions,
  { caseId, sentenceId, version }: Check,
  { faithfulEnglish }: NonNullable<PlantedFinding['mistranslation']>,
) {
  const input = {
    commandId: `${commandPrefix}-correct-${sentenceId}`,
    caseId,
    sentenceId,
    version,
    change: 'TRANSLATION' as const,
    en: faithfulEnglish,
    reasonCode: 'TRANSLATION_ERROR' as const,
  };
  const { correctSentence: answer } = await client.request(correctSentence, { input });
  if (answer.__typename !== 'SentenceCorrected') throw unexpected('Correcting a sentence', answer);
}
