import { Module } from '@nestjs/common';
import { UndoResolver } from './undo.resolver.ts';

@Module({ providers: [UndoResolver] })
export class UndoModule {}
