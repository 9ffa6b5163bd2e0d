import { Module } from '@nestjs/common';
import { AsOfResolver } from './as-of.resolver.ts';

@Module({ providers: [AsOfResolver] })
export class AsOfModule {}
