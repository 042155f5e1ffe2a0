// The parts of antd that the console uses. Nothing else imports antd, so that a change of library stays in this folder.
export { Alert, Button, Checkbox, Drawer, Dropdown, Form, Input, Modal, Popover, Segmented, Select, Skeleton, Switch, Tabs, Tooltip } from 'antd';
export type { InputRef, MenuProps } from 'antd';
