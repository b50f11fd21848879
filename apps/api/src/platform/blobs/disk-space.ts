import { Inject, Injectable, Logger } from '@nestjs/common';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Gauge } from 'prom-client';
import { CONFIG, type Config } from '../../config.ts';
import { DomainError } from '../domain-error.ts';
import { registry } from '../metrics.ts';
import { SparingLog } from '../sparing-log.ts';

const MIB = 1024 ** 2;
/** The disk is looked at again each so many bytes of an upload, for others fill it too; who says no length is let in by as many. */
export const LOOK_BYTES = 8 * MIB;
/** A full disk refuses every upload: that is one line a minute. */
const TOLD_MS = 60_000;

const freeGauge = new Gauge({ name: 'trainyard_disk_free_bytes', help: 'Free on the disk of stored files.', registers: [registry] });
const reserveGauge = new Gauge({ name: 'trainyard_disk_reserve_bytes', help: 'Below so many free bytes no file is stored.', registers: [registry] });

export interface Disk {
  /** Bytes. */
  free: number;
  size: number;
}

/** What stays free: as configured, else 2 GiB, or a twentieth of a small disk. 0: nothing is kept. */
export const reserveOf = (configured: number | null, size: number): number => configured ?? Math.min(2048 * MIB, Math.floor(size / 20));

/** Keeps a reserve of the disk that stored files lie on: PostgreSQL writes to the same one, and goes down where it is full. */
@Injectable()
export class DiskSpace {
  /** Bytes of uploads under way that were let in and are not written yet: the disk still calls them free. */
  private promised = 0;
  private readonly log = new Logger(DiskSpace.name);
  private readonly told = new SparingLog((line) => this.log.warn(line), TOLD_MS);

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** What the disk itself says. */
  async look(): Promise<Disk> {
    const { dataDir } = this.config;
    // Before the first file there is no folder of theirs.
    const { bavail, blocks, bsize } = await statfs(join(dataDir, 'blobs')).catch(() => statfs(dataDir));
    return { free: bavail * bsize, size: blocks * bsize };
  }

  /** Whether it is down to the reserve. */
  async isShort(): Promise<boolean> {
    const { free, reserve } = await this.measure();
    return reserve > 0 && free <= reserve;
  }

  /** For one upload: says before each piece whether it may be written. Give it back when nothing more comes. */
  room(): Room {
    return new Room(this);
  }

  /** Promises `bytes` more. Throws STORAGE_FULL where they, or what was promised before, would come out of the reserve. */
  async promise(bytes: number): Promise<void> {
    const { free, reserve } = await this.measure();
    // Nothing waits from here on: of many who look at once each sees what the others were promised.
    if (reserve > 0 && free - this.promised - bytes < reserve) {
      this.told.tell(
        'short',
        `An upload was refused: ${mib(free)} are free on the disk of ${this.config.dataDir}, ${mib(this.promised)} of them for uploads under way, ` +
          `and ${mib(reserve)} stay free for the database (TRAINYARD_DISK_RESERVE_BYTES).`,
      );
      throw new DomainError('STORAGE_FULL', {}, "The server's disk is nearly full, so nothing was stored. Ask whoever runs Trainyard to free some of it.");
    }
    this.promised += bytes;
  }

  /** Promised bytes were written, or are not needed any more. */
  settle(bytes: number): void {
    this.promised -= bytes;
  }

  private async measure(): Promise<{ free: number; reserve: number }> {
    const { free, size } = await this.look();
    const reserve = reserveOf(this.config.diskReserveBytes, size);
    freeGauge.set(free);
    reserveGauge.set(reserve);
    return { free, reserve };
  }
}

/** What one upload was promised and has not written yet. */
export class Room {
  private held = 0;
  private unlooked = 0;

  constructor(private readonly disk: DiskSpace) {}

  /** Call it before the first byte; `announced`: how many will come, or null. */
  async open(announced: number | null): Promise<void> {
    await this.take(announced ?? LOOK_BYTES);
  }

  /** Call it before `bytes` are written. */
  async demand(bytes: number): Promise<void> {
    const missing = bytes - this.held;
    if (missing > 0) await this.take(Math.max(missing, LOOK_BYTES));
    else if (this.unlooked >= LOOK_BYTES) await this.take(0);
  }

  wrote(bytes: number): void {
    this.held -= bytes;
    this.unlooked += bytes;
    this.disk.settle(bytes);
  }

  giveBack(): void {
    this.disk.settle(this.held);
    this.held = 0;
  }

  private async take(bytes: number): Promise<void> {
    await this.disk.promise(bytes);
    this.held += bytes;
    this.unlooked = 0;
  }
}

const mib = (bytes: number): string => `${Math.round(bytes / MIB).toLocaleString('en')} MiB`;
