import type { Logger } from '@consilium/runtime';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { AccessModule } from './access/access.module.ts';
import { AsOfModule } from './as-of/as-of.module.ts';
import { BulkModule } from './bulk/bulk.module.ts';
import { CaseModule } from './case/case.module.ts';
import { ChangeModule } from './change/change.module.ts';
import type { ApiConfig } from './config.ts';
import { CommentModule } from './comment/comment.module.ts';
import { DraftModule } from './draft/draft.module.ts';
import { ErasureModule } from './erasure/erasure.module.ts';
import { MoveModule } from './move/move.module.ts';
import { ExplainModule } from './explain/explain.module.ts';
import { FlagModule } from './flag/flag.module.ts';
import { GoldModule } from './gold/gold.module.ts';
import { ScoreModule } from './score/score.module.ts';
import { LateAnnotationModule } from './late-annotation/late-annotation.module.ts';
import { OperationsModule } from './operations/operations.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { graphqlOptions } from './platform/graphql-options.ts';
import type { ListedOperations } from './platform/listed-operations.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { CONFIG, HTTP_PLUGINS, LOGGER, SCOPES, TOKEN_VERIFIER } from './platform/tokens.ts';
import { AdjudicationModule } from './adjudication/adjudication.module.ts';
import { ProjectModule } from './project/project.module.ts';
import { ReadModule } from './read/read.module.ts';
import { ReviewModule } from './review/review.module.ts';
import { TriageModule } from './triage/triage.module.ts';
import { SentenceModule } from './sentence/sentence.module.ts';
import { UndoModule } from './undo/undo.module.ts';

@Module({})
export class ApiModule {
  static of(config: ApiConfig, logger: Logger, operations: ListedOperations): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.of(config, logger, operations),
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [CONFIG, LOGGER, TOKEN_VERIFIER, SCOPES, HTTP_PLUGINS],
          useFactory: graphqlOptions,
        }),
        AccessModule,
        ProjectModule,
        CaseModule,
        ReadModule,
        AdjudicationModule,
        UndoModule,
        PeopleModule,
        MoveModule,
        ChangeModule,
        OperationsModule,
        AsOfModule,
        ErasureModule,
        LateAnnotationModule,
        FlagModule,
        SentenceModule,
        DraftModule,
        ExplainModule,
        TriageModule,
        BulkModule,
        GoldModule,
        ScoreModule,
        ReviewModule,
        CommentModule,
      ],
    };
  }
}
