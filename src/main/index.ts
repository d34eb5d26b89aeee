import { startDesktop } from './start-desktop.ts'
import { appReady, onOpenFile, ownLaunchOptions } from './window/app-process.ts'
import { claimInstance, onSecondStart } from './window/instance.ts'
import { lockDown } from './window/lock-down.ts'
import { openingQueue } from './window/opening-queue.ts'
import { profileFolder } from './storage/profile-folder.ts'

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
