import { Module } from '@nestjs/common';
import { GoldResolver } from './gold.resolver.ts';

@Module({ providers: [GoldResolver] })
export class GoldModule {}
