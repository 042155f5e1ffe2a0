import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, type NewTicket as Fields } from '../../lib/api';
import { useT, word } from '../../lib/i18n';
import { Form, Input, Modal, Select, useSay } from '../../ui';
import { departments, priorities, types } from './words';

// NewTicket opens a ticket by hand, for a conversation or a customer where one is given.
export function NewTicket({ conversation, customer, close }: { conversation: string; customer: string; close: () => void }) {
  const { t } = useT();
  const say = useSay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const create = useMutation({
    mutationFn: (f: Fields) => api.tickets.create({ ...f, conversation_id: conversation || undefined, customer_id: customer || undefined }),
    onError: say.failed,
    onSuccess: async (k) => {
      await client.invalidateQueries({ queryKey: ['tickets'] });
      await navigate(`/tickets/${k.id}`);
    },
  });
  const pick = (group: string, list: readonly string[]) => list.map((w) => ({ value: w, label: word(t, group, w) }));
  return (
    <Modal open title={t('ticket.new')} onCancel={close} okText={t('ticket.create')} confirmLoading={create.isPending} onOk={() => form.submit()}>
      <Form form={form} layout="vertical" initialValues={{ type: 'question', priority: 'normal' }} onFinish={(f) => create.mutate(f)} requiredMark={false}>
        <Form.Item name="title" label={t('ticket.title')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input autoFocus maxLength={200} /></Form.Item>
        <Form.Item name="description" label={t('ticket.description')} rules={[{ required: true, whitespace: true, message: t('form.required') }]}><Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} /></Form.Item>
        <div className="form-row">
          <Form.Item name="type" label={t('ticket.type')}><Select options={pick('type', types)} /></Form.Item>
          <Form.Item name="priority" label={t('ticket.priority')}><Select options={pick('priority', priorities)} /></Form.Item>
          <Form.Item name="department" label={t('ticket.department')}><Select allowClear placeholder={t('ticket.department.auto')} options={pick('department', departments)} /></Form.Item>
        </div>
      </Form>
    </Modal>
  );
}
