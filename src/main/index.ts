import { startDesktop } from './desktop/start-desktop.ts'
import { appReady, onOpenFile, ownLaunchOptions } from './desktop/app-process.ts'
import { claimInstance, onSecondStart } from './desktop/instance.ts'
import { lockDown } from './desktop/guards/lock-down.ts'
import { openingQueue } from './desktop/opening-queue.ts'
import { profileFolder } from './storage/profile/profile-folder.ts'

lockDown()
const launch = ownLaunchOptions()
const profile = profileFolder(launch.profile)

// A second start has ended here; it has not touched the profile.
if (claimInstance(profile, launch.files)) {
  const openings = openingQueue(launch.files)
  onOpenFile((path) => openings.open([path]))
  onSecondStart((files) => openings.open(files))
  // Never at the top with `await`: Electron becomes ready only when this file is done.
  void appReady().then(() => startDesktop(profile, launch, openings))
}
