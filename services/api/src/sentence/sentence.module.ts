import { Module } from '@nestjs/common';
import { SentenceResolver } from './sentence.resolver.ts';

@Module({ providers: [SentenceResolver] })
export class SentenceModule {}
