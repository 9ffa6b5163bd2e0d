import { Module } from '@nestjs/common';
import { FlagResolver } from './flag.resolver.ts';

@Module({ providers: [FlagResolver] })
export class FlagModule {}
