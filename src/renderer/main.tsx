import '@fontsource-variable/inter/opsz.css'
import './styles/all.css'
import { mount } from './app/mount.tsx'
import { connect } from './host/connect.ts'

const root = document.getElementById('root')
if (root !== null) mount(root, connect(window))
