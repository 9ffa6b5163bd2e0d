import { Module } from '@nestjs/common';
import { ScoreResolver } from './score.resolver.ts';

@Module({ providers: [ScoreResolver] })
export class ScoreModule {}
