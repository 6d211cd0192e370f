import { windowsOverlap } from './window-text';
import { keep } from '../../private/memo';
import { isKnown } from '../../private/tokens';
import { BackupWindow } from '../backup-window';
import { MaintenanceWindow } from '../maintenance-window';

// The order is a contract: the first window is the default, the others are taken only beside a given window that overlaps it.
const FIRST_BACKUP_HOUR = 3;
const FIRST_MAINTENANCE_HOUR = 5;

export interface Windows {
  readonly backup?: string;
  readonly maintenance: string;
}

const chosen = new Map<string, Windows>();

/** The windows of a cache: those given, and beside them ones that do not overlap. */
export function chooseWindows(hasBackups: boolean, backup?: BackupWindow, maintenance?: MaintenanceWindow): Windows {
  const [givenBackup, givenMaintenance] = [backup?.toString(), maintenance?.toString()];
  return keep(chosen, `${hasBackups} ${givenBackup} ${givenMaintenance}`, () => choose(hasBackups, givenBackup, givenMaintenance));
}

function choose(hasBackups: boolean, givenBackup: string | undefined, givenMaintenance: string | undefined): Windows {
  const chosenMaintenance = givenMaintenance
    ?? firstApart(FIRST_MAINTENANCE_HOUR, 'sun:', (candidate) => overlap(givenBackup, candidate));
  const chosenBackup = givenBackup
    ?? (hasBackups ? firstApart(FIRST_BACKUP_HOUR, '', (candidate) => overlap(candidate, chosenMaintenance)) : undefined);
  return { backup: chosenBackup, maintenance: chosenMaintenance };
}

/** The first that overlaps nothing of the windows of one hour, from a given one to the last that ends before midnight, then those before it. */
function firstApart(firstHour: number, prefix: string, overlaps: (candidate: string) => boolean): string {
  const clock = (hour: number) => `${prefix}${String(hour).padStart(2, '0')}:00`;
  for (let index = 0; index < 23; index++) {
    const hour = (firstHour + index) % 23;
    const candidate = `${clock(hour)}-${clock(hour + 1)}`;
    if (!overlaps(candidate)) {
      return candidate;
    }
  }
  return `${clock(firstHour)}-${clock(firstHour + 1)}`;
}

function overlap(backup: string | undefined, maintenance: string | undefined): boolean {
  return isKnown(backup) && isKnown(maintenance) && (windowsOverlap(backup, maintenance)?.overlap ?? false);
}
