<#-- The statements about models and sources, and about what predictions cost. -->

/** A version's number or one of its aliases. */
String VersionName() :
{
    final SqlIdentifier alias;
}
{
    LOOKAHEAD(1)
    <UNSIGNED_INTEGER_LITERAL> { return token.image; }
|
    alias = SimpleIdentifier() { return alias.getSimple(); }
}

/**
 * One statement of ours, to the end of the text. One token decides each of its choices, so
 * that an error is found where it stands.
 */
Statement CatalogStatementEof() :
{
    final Statement statement;
}
{
    (
        LOOKAHEAD(1)
        statement = Create()
    |
        LOOKAHEAD(1)
        statement = AlterModel()
    |
        LOOKAHEAD(1)
        <DROP>
        ( LOOKAHEAD(1) statement = DropModel() | LOOKAHEAD(1) statement = DropSource() )
    |
        LOOKAHEAD(1)
        <SHOW> statement = Shown()
    |
        LOOKAHEAD(1)
        statement = Calibrate()
    |
        LOOKAHEAD(1)
        statement = ExplainModel()
    |
        LOOKAHEAD(1)
        ( LOOKAHEAD(1) <DESCRIBE> | <DESC> )
        ( LOOKAHEAD(1) statement = DescribeModel() | LOOKAHEAD(1) statement = DescribeSource() )
    )
    [ LOOKAHEAD(1) <SEMICOLON> ]
    <EOF> { return statement; }
}

Statement Shown() :
{
    final Statement statement;
}
{
    LOOKAHEAD(1)
    <MODELS> { return new Statement.ShowModels(); }
|
    LOOKAHEAD(1)
    <SOURCES> { return new Statement.ShowSources(); }
|
    LOOKAHEAD(1)
    <CALIBRATION> { return new Statement.ShowCalibration(); }
|
    LOOKAHEAD(1)
    statement = ShowSourceTables() { return statement; }
}

Statement Calibrate() :
{
    final Position position;
}
{
    <CALIBRATE> { position = CreateModelClauses.position(getPos()); }
    [ LOOKAHEAD(1) <RESET> { return new Statement.ResetCalibration(position); } ]
    { return new Statement.Calibrate(position); }
}

Statement Create() :
{
    boolean orReplace = false;
    final Statement statement;
}
{
    <CREATE> [ LOOKAHEAD(1) <OR> <REPLACE> { orReplace = true; } ]
    ( LOOKAHEAD(1) statement = CreateModel(orReplace) | LOOKAHEAD(1) statement = CreateSource(orReplace) )
    { return statement; }
}

Statement CreateModel(boolean orReplace) :
{
    boolean ifNotExists = false;
    final SqlIdentifier model;
    final String location;
    final CreateModelClauses clauses = new CreateModelClauses();
}
{
    <MODEL> [ LOOKAHEAD(2) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    model = SimpleIdentifier()
    <FROM> location = Text() { clauses.location(location, getPos()); }
    ( LOOKAHEAD(1) CreateModelClause(clauses) )*
    {
        return clauses.statement(orReplace, ifNotExists, model);
    }
}

void CreateModelClause(CreateModelClauses clauses) :
{
    final List<String> features;
    final String comment;
}
{
    LOOKAHEAD(1)
    <FEATURES> { clauses.begin("FEATURES", getPos()); }
    features = NameList() { clauses.features(features); }
|
    LOOKAHEAD(1)
    <OUTPUTS> { clauses.begin("OUTPUTS", getPos()); }
    <LPAREN> ModelOutput(clauses) ( LOOKAHEAD(1) <COMMA> ModelOutput(clauses) )* <RPAREN>
|
    LOOKAHEAD(1)
    <COMMENT> { clauses.begin("COMMENT", getPos()); }
    comment = Text() { clauses.comment(comment); }
|
    LOOKAHEAD(1)
    WithOptions(clauses)
}

void WithOptions(Clauses clauses) :
{
}
{
    <WITH> { clauses.begin("WITH", getPos()); }
    <LPAREN> Option(clauses) ( LOOKAHEAD(1) <COMMA> Option(clauses) )* <RPAREN>
}

List<String> NameList() :
{
    final List<String> names = new ArrayList<String>();
    SqlIdentifier name;
}
{
    <LPAREN>
    name = SimpleIdentifier() { names.add(name.getSimple()); }
    ( LOOKAHEAD(1) <COMMA> name = SimpleIdentifier() { names.add(name.getSimple()); } )*
    <RPAREN> { return names; }
}

void ModelOutput(CreateModelClauses clauses) :
{
    final SqlIdentifier output;
    SqlIdentifier column = null;
}
{
    output = SimpleIdentifier()
    [ LOOKAHEAD(1) <AS> column = SimpleIdentifier() ]
    { clauses.output(output, Optional.ofNullable(column)); }
}

void Option(Clauses clauses) :
{
    SqlIdentifier part;
    final StringBuilder key = new StringBuilder();
    final SqlParserPos pos;
    final String value;
}
{
    part = SimpleIdentifier() { key.append(part.getSimple()); pos = part.getParserPosition(); }
    ( LOOKAHEAD(1) <DOT> { key.append('.'); } OptionKeyPart(key) )*
    <EQ> value = OptionValue() { clauses.option(key.toString(), value, pos); }
}

/** The name of a tensor, which may be any word. */
void OptionKeyPart(StringBuilder key) :
{
    final SqlIdentifier name;
}
{
    LOOKAHEAD({ getToken(1).image.matches("\\w+") })
    AnyWord(key)
|
    name = SimpleIdentifier() { key.append(name.getSimple()); }
}

JAVACODE void AnyWord(StringBuilder key) {
    key.append(getNextToken().image);
}

String OptionValue() :
{
    final String text;
    String sign = "";
}
{
    LOOKAHEAD(1)
    text = Text() { return text; }
|
    LOOKAHEAD(1)
    <TRUE> { return "true"; }
|
    LOOKAHEAD(1)
    <FALSE> { return "false"; }
|
    [ LOOKAHEAD(1) <MINUS> { sign = "-"; } ]
    ( LOOKAHEAD(1) <UNSIGNED_INTEGER_LITERAL> | LOOKAHEAD(1) <DECIMAL_NUMERIC_LITERAL> | <APPROX_NUMERIC_LITERAL> ) {
        return sign + token.image;
    }
}

String Text() :
{
}
{
    <QUOTED_STRING> { return SqlParserUtil.parseString(token.image); }
}

Statement AlterModel() :
{
    final SqlIdentifier model;
    final SqlIdentifier alias;
    final String version;
}
{
    <ALTER> <MODEL> model = SimpleIdentifier() <SET>
    (
        LOOKAHEAD(1)
        <DEFAULT_> <VERSION> version = VersionName() {
            return new Statement.SetDefaultVersion(model.getSimple(), version, position(model));
        }
    |
        <ALIAS> alias = SimpleIdentifier() <EQ> <VERSION> version = VersionName() {
            return new Statement.SetAlias(
                model.getSimple(), alias.getSimple(), version, position(model));
        }
    )
}

Statement DropModel() :
{
    boolean ifExists = false;
    final SqlIdentifier model;
    String version = null;
}
{
    <MODEL> [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    model = SimpleIdentifier()
    [ LOOKAHEAD(1) <VERSION> version = VersionName() ] {
        return new Statement.DropModel(
            model.getSimple(), ifExists, Optional.ofNullable(version), position(model));
    }
}

Statement DescribeModel() :
{
    final SqlIdentifier model;
    String version = null;
}
{
    <MODEL> model = SimpleIdentifier()
    [ LOOKAHEAD(1) <VERSION> version = VersionName() ] {
        return new Statement.DescribeModel(
            model.getSimple(), Optional.ofNullable(version), position(model));
    }
}

Statement ExplainModel() :
{
    final SqlIdentifier model;
    String version = null;
}
{
    <EXPLAIN> <MODEL> model = SimpleIdentifier()
    [ LOOKAHEAD(1) <VERSION> version = VersionName() ] {
        return new Statement.ExplainModel(
            model.getSimple(), Optional.ofNullable(version), position(model));
    }
}

Statement CreateSource(boolean orReplace) :
{
    final SqlIdentifier source;
    final String url;
    final CreateSourceClauses clauses = new CreateSourceClauses();
}
{
    <SOURCE> source = SimpleIdentifier()
    <URL> url = Text() { clauses.url(url, getPos()); }
    ( LOOKAHEAD(1) CreateSourceClause(clauses) )*
    {
        return clauses.statement(orReplace, source);
    }
}

void CreateSourceClause(CreateSourceClauses clauses) :
{
    final String user;
}
{
    LOOKAHEAD(1)
    <USER> { clauses.begin("USER", getPos()); }
    user = Text() { clauses.user(user); }
|
    LOOKAHEAD(1)
    <PASSWORD> { clauses.begin("PASSWORD", getPos()); }
    Password(clauses)
|
    LOOKAHEAD(1)
    WithOptions(clauses)
}

void Password(CreateSourceClauses clauses) :
{
    final String text;
}
{
    LOOKAHEAD(1)
    text = Text() { clauses.password(text); }
|
    LOOKAHEAD(1)
    <FROM>
    (
        LOOKAHEAD(1)
        <ENV> text = Text() { clauses.password(new Secret.FromEnvironment(text)); }
    |
        LOOKAHEAD(1)
        <FILE> text = Text() { clauses.password(new Secret.FromFile(Path.of(text))); }
    )
}

Statement DropSource() :
{
    boolean ifExists = false;
    final SqlIdentifier source;
}
{
    <SOURCE> [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    source = SimpleIdentifier() {
        return new Statement.DropSource(source.getSimple(), ifExists, position(source));
    }
}

Statement DescribeSource() :
{
    final SqlIdentifier source;
}
{
    <SOURCE> source = SimpleIdentifier() {
        return new Statement.DescribeSource(source.getSimple(), position(source));
    }
}

Statement ShowSourceTables() :
{
    final SqlIdentifier source;
}
{
    <TABLES> <FROM> source = SimpleIdentifier() {
        return new Statement.ShowSourceTables(source.getSimple(), position(source));
    }
}

JAVACODE Position position(SqlNode node) {
    return Clauses.position(node.getParserPosition());
}
