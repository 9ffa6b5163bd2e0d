import { Module } from '@nestjs/common';
import { AccessResolver } from './access.resolver.ts';

@Module({ providers: [AccessResolver] })
export class AccessModule {}
