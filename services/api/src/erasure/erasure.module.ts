import { Module } from '@nestjs/common';
import { ErasureResolver } from './erasure.resolver.ts';

@Module({ providers: [ErasureResolver] })
export class ErasureModule {}
