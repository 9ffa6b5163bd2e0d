import { Module } from '@nestjs/common';
import { CaseThreadsResolver } from './case-threads.resolver.ts';
import { CommentResolver } from './comment.resolver.ts';

@Module({ providers: [CommentResolver, CaseThreadsResolver] })
export class CommentModule {}
