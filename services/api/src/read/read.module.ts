import { Module } from '@nestjs/common';
import { ReadResolver } from './read.resolver.ts';

@Module({ providers: [ReadResolver] })
export class ReadModule {}
