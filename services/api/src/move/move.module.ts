import { Module } from '@nestjs/common';
import { MoveResolver } from './move.resolver.ts';

@Module({ providers: [MoveResolver] })
export class MoveModule {}
