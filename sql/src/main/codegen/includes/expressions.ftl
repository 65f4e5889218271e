<#-- Expressions that differ from Calcite's. -->

/** "value::type" takes the one operand before it, whatever operators stand further left. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlNode operand;
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        operand = Operands.takeLast(list);
    }
    type = DataType() {
        list.add(SqlStdOperatorTable.CAST.createCall(
            operand.getParserPosition().plus(getPos()), operand, type));
    }
}
