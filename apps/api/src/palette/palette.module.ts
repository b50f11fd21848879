import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { PaletteReader } from './palette.reader.ts';
import { PaletteResolver } from './palette.resolver.ts';

/** Finds what all rooms below have, by name. */
@Module({ imports: [AccessModule], providers: [PaletteReader, PaletteResolver] })
export class PaletteModule {}
